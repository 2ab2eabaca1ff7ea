import type { HistoryRecord, RunRecord } from '../../bank/history.ts';
import { limits } from '../../bank/limits.ts';
import type { PageData, PageVerdict, RunFacts, Selection } from '../data.ts';
import { Balances } from './balances.ts';
import { CriticalChain } from './chain.ts';
import { Events } from './events.ts';
import { lanesOf } from './lanes.ts';
import type { Lanes } from './lanes.ts';
import { Latencies } from './latencies.ts';
import { Lives } from './lives.ts';
import { Marks } from './marks.ts';
import { Messages } from './messages.ts';
import type { Place } from './messages.ts';
import { Texts } from './texts.ts';
import { Timeline } from './timeline.ts';
import { shownLines } from './windows.ts';

/** Folds the records of one history, in their order, into what the page shows. */
export class ReportModel {
  readonly #run: RunRecord & { readonly wall: number };
  readonly #selection: Selection | undefined;
  readonly #isShown: (line: number) => boolean;
  readonly #lanes: Lanes;
  readonly #texts = new Texts();
  readonly #timeline = new Timeline();
  readonly #messages: Messages;
  readonly #marks: Marks;
  readonly #events: Events;
  readonly #lives: Lives;
  readonly #balances: Balances;
  readonly #latencies: Latencies;
  readonly #chain: CriticalChain;
  #records = 0;
  #end: RunFacts['end'];
  #duration = 0;

  constructor(run: HistoryRecord & RunRecord, selection?: Selection) {
    this.#run = run;
    this.#selection = selection;
    this.#isShown = shownLines(selection);
    this.#lanes = lanesOf(run);
    const open = limits.reportOpenMessages;
    this.#messages = new Messages(this.#lanes, this.#texts, open);
    this.#marks = new Marks(this.#lanes, this.#texts);
    this.#events = new Events(
      new Map(run.visits.map(({ entry, customer }) => [entry, customer])),
      this.#texts,
    );
    this.#lives = new Lives(this.#lanes, this.#texts, limits.reportLives);
    const branchLanes = run.branches.map(({ process }) => this.#lanes.of(process));
    this.#balances = new Balances(branchLanes, limits.reportBalances);
    for (const { process, balance } of run.branches)
      this.#balances.add(this.#lanes.of(process), 0, balance);
    this.#latencies = new Latencies(open);
    this.#chain = new CriticalChain(limits.reportChainLinks, open);
  }

  /** `line` counts the lines of the history from 1 and only grows. */
  add(record: HistoryRecord, line: number): void {
    const at = this.#timeline.at(record);
    this.#records += 1;
    this.#duration = Math.max(this.#duration, at);
    this.#lives.spoke(record.process, at);
    this.#chain.add(record, { at, lane: this.#lanes.of(record.process), line });
    this.#sort(record, { at, line, shown: this.#isShown(line) });
  }

  /** Hands the record to whoever shows it. */
  #sort(record: HistoryRecord, place: Place): void {
    const { at, line } = place;
    switch (record.kind) {
      case 'call':
      case 'receive':
      case 'reply':
      case 'return':
        this.#messages.add(record, place);
        this.#latencies.add(record, at);
        return this.#events.called(record, at);
      case 'replay':
      case 'recover':
      case 'apply':
        this.#balances.add(this.#lanes.of(record.process), at, record.balance);
        return this.#marks.add(record, place);
      case 'outcome':
        this.#events.add(record, place);
        return this.#marks.add(record, place);
      case 'prepare':
      case 'decide':
      case 'drop':
      case 'refuse':
      case 'settled':
        return this.#marks.add(record, place);
      case 'start':
      case 'online':
      case 'ready':
      case 'exit':
      case 'restart':
      case 'stop':
      case 'fault':
      case 'lost':
        return this.#lives.add(record, at, line);
      case 'end':
        this.#end = { exitCode: record.exitCode, reason: record.reason };
        return;
      case 'run':
    }
  }

  /** What the page shows; `unreadable` is how many lines were no records. */
  finish(verdict: PageVerdict, unreadable: number): PageData {
    return {
      run: this.#facts(),
      verdict,
      counts: {
        records: this.#records,
        unreadable,
        messages: this.#messages.count,
        marks: this.#marks.count,
        events: this.#events.count,
      },
      ...(this.#selection && { selection: this.#selection }),
      messages: this.#messages.columns(),
      marks: this.#marks.columns(),
      events: this.#events.columns(),
      starts: this.#lives.finish(this.#duration),
      bands: this.#lives.bands,
      balances: this.#balances.all(),
      latencies: this.#latencies.all(),
      chain: this.#chain.chain(),
      lanes: this.#lanes.all,
      texts: this.#texts.all,
    };
  }

  #facts(): RunFacts {
    const { runId, input, versions, branches, visits, wall } = this.#run;
    return {
      runId,
      input,
      versions,
      startedAt: wall,
      duration: this.#duration,
      branches: branches.map(({ id, balance }) => ({ id, balance })),
      visits: visits.length,
      customers: new Set(visits.map(({ customer }) => customer)).size,
      ...(this.#end && { end: this.#end }),
    };
  }
}
