import type { FaultRecord, HistoryRecord, LifeRecord } from '../../bank/history.ts';
import { startColumns } from '../data.ts';
import type { Band, Columns, StartColumn } from '../data.ts';
import type { Lanes } from './lanes.ts';
import { Table } from './table.ts';
import type { Texts } from './texts.ts';

type Online = LifeRecord & { readonly kind: 'online' };
type BandDraft = { -readonly [Field in keyof Band]: Band[Field] };

interface Life {
  readonly row: number | undefined;
  readonly band: BandDraft | undefined;
  serves: boolean;
}

interface Process {
  readonly lane: number;
  lives: number;
  current: Life | undefined;
  /** Its last end, until it is known whether it was a death. */
  death: { readonly at: number; readonly line: number; readonly text: string } | undefined;
  /** Down since a death that was not asked for. */
  down: BandDraft | undefined;
  /** The fault that paused it; over when it speaks again. */
  paused: BandDraft | undefined;
  stopping: boolean;
}

/** Starts, readiness, deaths and faults of every process, as bands on its lane. */
export class Lives {
  readonly bands: BandDraft[] = [];
  readonly #table = new Table<StartColumn>(startColumns);
  readonly #processes = new Map<string, Process>();
  readonly #lanes: Lanes;
  readonly #texts: Texts;
  readonly #livesMost: number;

  constructor(lanes: Lanes, texts: Texts, livesMost: number) {
    this.#lanes = lanes;
    this.#texts = texts;
    this.#livesMost = livesMost;
  }

  add(record: HistoryRecord & (LifeRecord | FaultRecord), at: number, line: number): void {
    const process = this.#process(record.subject);
    switch (record.kind) {
      case 'start':
        return this.#begin(record.subject, at, line);
      case 'restart':
        this.#goDown(process, at);
        return this.#begin(record.subject, at, line);
      case 'online':
        return this.#online(record, at, line);
      case 'ready':
        return this.#ready(process, at);
      case 'stop':
        process.stopping = true;
        return;
      case 'exit':
        return this.#exit(process, record, { at, line });
      case 'lost':
        return this.#lost(process, record, { at, line });
      case 'fault':
        this.#fault(process, record, { at, line });
    }
  }

  /** Bands of what still lives or is still down reach to the end. */
  finish(at: number): Columns<StartColumn> {
    for (const { current, down } of this.#processes.values()) {
      if (current?.band) current.band.to = at;
      if (down) down.to = at;
    }
    return this.#table.columns('start');
  }

  #process(name: string): Process {
    const known = this.#processes.get(name);
    if (known) return known;
    const fresh = {
      lane: this.#lanes.of(name),
      lives: 0,
      current: undefined,
      death: undefined,
      down: undefined,
      paused: undefined,
      stopping: false,
    };
    this.#processes.set(name, fresh);
    return fresh;
  }

  /** A process manager may report that the next life is online before that it is a restart. */
  #begin(name: string, at: number, line: number): void {
    const process = this.#process(name);
    if (process.current) return;
    const life = process.lives;
    process.lives += 1;
    const { lane } = process;
    const text = `${name} starts${life > 0 ? ` again (restart ${life})` : ''}`;
    process.current = {
      row: this.#startRow(name, { lane, life, at }),
      band: this.#band({ lane, kind: 'starting', from: at, to: at, text, line }),
      serves: false,
    };
  }

  #startRow(
    name: string,
    { lane, life, at }: { readonly lane: number; readonly life: number; readonly at: number },
  ): number | undefined {
    if (this.#table.length >= this.#livesMost) return undefined;
    const row = this.#table.add();
    this.#table.put(row, 'process', this.#texts.number(name));
    this.#table.put(row, 'lane', lane);
    this.#table.put(row, 'life', life);
    this.#table.put(row, 'start', at);
    return row;
  }

  #online(record: Online, at: number, line: number): void {
    const { subject, node } = record;
    this.#begin(subject, at, line);
    const { row, band } = this.#process(subject).current ?? {};
    if (row !== undefined) this.#table.put(row, 'online', at);
    if (node === undefined) return;
    if (row !== undefined) this.#table.put(row, 'node', this.#texts.number(node));
    if (band) band.text += ` on ${node}`;
  }

  /** A branch serves, or a customer has made its first call. */
  #ready(process: Process, at: number): void {
    const { current, down } = process;
    if (down) down.to = at;
    process.down = undefined;
    if (!current || current.serves) return;
    current.serves = true;
    if (current.row !== undefined) this.#table.put(current.row, 'ready', at);
    if (!current.band) return;
    current.band.to = at;
    const text = current.band.text.replace('starts', 'runs');
    const alive = this.#band({ ...current.band, kind: 'alive', from: at, text });
    process.current = { ...current, band: alive };
  }

  /** A record by the process itself shows that it runs: customers have no other sign of readiness. */
  spoke(name: string, at: number): void {
    const process = this.#processes.get(name);
    if (!process) return;
    if (process.paused) process.paused.to = at;
    process.paused = undefined;
    if (this.#lanes.all[process.lane]?.role === 'customer') this.#ready(process, at);
  }

  #fault(process: Process, record: FaultRecord, place: { at: number; line: number }): void {
    const { at, line } = place;
    const band = { lane: process.lane, from: at, to: at, text: record.text, line };
    const drawn = this.#band({ ...band, kind: 'fault' });
    if (record.fault === 'pause-branch' && drawn) process.paused = drawn;
  }

  #exit(
    process: Process,
    record: { readonly subject: string; readonly code: number | null; readonly signal?: string },
    place: { readonly at: number; readonly line: number },
  ): void {
    const how = record.signal ?? `exit code ${record.code}`;
    this.#die(process, { ...place, text: `${record.subject} is down (${how})` });
    // Some process managers tell of code 0 after a SIGKILL; but no branch ends by itself.
    const isBranch = this.#lanes.all[process.lane]?.role === 'branch';
    if (isBranch || record.code !== 0) this.#goDown(process, place.at);
  }

  #lost(
    process: Process,
    { subject, node }: { readonly subject: string; readonly node: string },
    place: { readonly at: number; readonly line: number },
  ): void {
    this.#die(process, { ...place, text: `${subject} is lost with its machine, ${node}` });
    this.#goDown(process, place.at);
  }

  #die(process: Process, death: NonNullable<Process['death']>): void {
    const { current } = process;
    if (current?.band) current.band.to = death.at;
    if (current?.row !== undefined) this.#table.put(current.row, 'end', death.at);
    process.current = undefined;
    process.death = death;
  }

  /** From its death on, unless it was asked to end. */
  #goDown(process: Process, at: number): void {
    const { death, lane, down, stopping } = process;
    process.death = undefined;
    if (!death || down || stopping) return;
    const { text, line } = death;
    process.down = this.#band({ lane, kind: 'down', from: death.at, to: at, text, line });
  }

  #band(band: BandDraft): BandDraft | undefined {
    if (this.bands.length >= this.#livesMost * 3) return undefined;
    this.bands.push(band);
    return band;
  }
}
