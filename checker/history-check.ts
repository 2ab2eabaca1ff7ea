import type { HistoryRecord, LifeRecord, SettledRecord, Stamp } from '../bank/history.ts';
import { limits } from '../bank/limits.ts';
import { AccountCheck } from './account-check.ts';
import { Answers } from './answers.ts';
import { lineClock, monotonicClock, wallClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { Ending } from './ending.ts';
import { FinalStates } from './final-states.ts';
import { Findings } from './findings.ts';
import { Messages } from './messages.ts';
import { Outside } from './outside.ts';
import { Replicas } from './replicas.ts';
import { EventBook, rosterOf } from './roster.ts';
import type { Roster } from './roster.ts';

/** How a history is read. The first reading keeps little; a history out of order needs a second. */
export interface Manner {
  readonly clock: Clock;
  /** Forget nothing until the end. */
  readonly whole: boolean;
}

export const firstManner: Manner = { clock: lineClock, whole: false };

/** Lines of one machine are in the order of time but for the moment between stamp and write. */
const disorderUs = limits.historyDisorderMs * 1_000;

/** All checks of one run, each fed with the records that concern it. */
export class RunCheck {
  readonly roster: Roster;
  readonly events: EventBook;
  readonly findings = new Findings();
  readonly account: AccountCheck;
  readonly answers: Answers;
  readonly replicas: Replicas;
  readonly messages: Messages;
  readonly ending: Ending;
  readonly final: FinalStates;
  readonly #outside: Outside;
  readonly #clock: Clock;
  /** The time that violations count from. */
  readonly origin: number;
  /** Machines that processes of the run are on. */
  readonly #nodes = new Set<string>();
  #latestUs = Number.NEGATIVE_INFINITY;
  #disordered = false;
  /** Processes of which a life was lost with its machine, and its last lines perhaps too. */
  readonly lost = new Set<string>();
  /** Branches that write down what they receive. */
  readonly receivers = new Set<string>();

  constructor(roster: Roster, origin: number, { clock, whole }: Manner) {
    const { report } = this.findings;
    this.roster = roster;
    this.origin = origin;
    this.events = new EventBook(roster);
    this.account = new AccountCheck(roster.initialBalance, origin, whole, report);
    const shared = { roster, events: this.events, report, origin };
    this.replicas = new Replicas(shared, whole);
    this.answers = new Answers({
      ...shared,
      clock,
      timeline: this.account.timeline,
      answered: (operation, number) => this.replicas.answered(operation, number),
    });
    this.messages = new Messages(report);
    this.ending = new Ending(report, clock.error);
    this.final = new FinalStates(report);
    this.#outside = new Outside(clock, this.account.timeline);
    this.#clock = clock;
  }

  take(record: HistoryRecord, line: number): void {
    const time = this.#clock.at(record, line);
    if (record.mono > this.#latestUs) this.#latestUs = record.mono;
    else if (record.mono < this.#latestUs - disorderUs) this.#disordered = true;
    this.ending.seen(record, time, line);
    switch (record.kind) {
      case 'call':
        this.ending.called(record, time, line);
        this.messages.called(record, line);
        return this.answers.called(record, line);
      case 'receive':
        this.receivers.add(record.process);
        this.ending.called(record, time, line);
        this.messages.received(record, line);
        return this.#outside.received(record, line);
      case 'reply':
        this.messages.replied(record, line);
        return this.#outside.replied(record, line);
      case 'return':
        this.messages.returned(record, line);
        return this.answers.returned(record, line);
      case 'outcome':
        return this.answers.outcome(record, line);
      case 'prepare':
        return this.replicas.prepare(record, line);
      case 'decide':
        return this.replicas.decide(record, line);
      case 'apply':
        return this.replicas.apply(record, line);
      case 'drop':
        return this.replicas.drop(record, line);
      case 'replay':
      case 'recover':
        this.#outside.reborn(record.process);
        return this.replicas.replay(record, line);
      case 'settled':
        return this.#settled(record, line);
      case 'end':
        return this.ending.ended(record, time, line);
      case 'start':
      case 'online':
      case 'stop':
      case 'lost':
        return this.#life(record, time, line);
      case 'run':
      case 'ready':
      case 'exit':
      case 'restart':
      case 'fault':
      case 'refuse':
        return undefined;
    }
  }

  /** How to read the history again, when this way of reading it was not enough. */
  again({ clock, whole }: Manner): Manner | undefined {
    if (clock.name !== 'wall' && this.#nodes.size > 1) return { clock: wallClock, whole: true };
    if (clock.name === 'lines' && (this.#disordered || this.messages.disordered))
      return { clock: monotonicClock, whole: true };
    if (!whole && (this.account.timeline.late || this.replicas.late)) return { clock, whole: true };
    return undefined;
  }

  /** Only in the order of time is the replica's own state the one that it told. */
  #settled(record: Stamp & SettledRecord, line: number): void {
    const replica = this.replicas.replicas.get(record.subject);
    const comparable = replica?.writes === true && this.#clock.name === 'lines';
    return this.final.settled(record, line, comparable ? replica : undefined);
  }

  #life(record: Stamp & LifeRecord, time: number, line: number): void {
    const { kind, subject } = record;
    if (kind === 'stop') return this.ending.stopped(subject, time, line);
    if (kind === 'lost') {
      this.lost.add(subject);
      return undefined;
    }
    if (kind === 'online' && record.node !== undefined) this.#nodes.add(record.node);
    return this.answers.began(subject, time - this.#clock.error);
  }
}

/** Finds the run's own record, which almost always stands first, and begins the checks with it. */
export class HistoryCheck {
  readonly #manner: Manner;
  readonly #before: { readonly record: HistoryRecord; readonly line: number }[] = [];
  run: RunCheck | undefined;
  /** What is missing to begin the checks with. */
  obstacle: string | undefined = 'the record of the run';

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  take(record: HistoryRecord, line: number): void {
    if (this.run) this.run.take(record, line);
    else if (record.kind === 'run') this.#begin(record, line);
    else if (this.#before.length < limits.historyLinesBeforeRun)
      this.#before.push({ record, line });
    else this.obstacle = `the record of the run among the first ${this.#before.length} lines`;
  }

  #begin(record: Stamp & Extract<HistoryRecord, { kind: 'run' }>, line: number): void {
    const roster = rosterOf(record);
    if (roster === undefined) {
      this.obstacle = `a list of branches and visits in the record of the run in line ${line}`;
      return;
    }
    this.obstacle = undefined;
    this.run = new RunCheck(roster, record.mono, this.#manner);
    for (const early of this.#before) this.run.take(early.record, early.line);
    this.#before.length = 0;
  }
}
