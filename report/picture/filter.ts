import type { PageData } from '../data.ts';
import type { Scene } from './scene.ts';

/** What the page shows of the messages and marks; an empty filter shows all. */
export interface Filter {
  /** "2" for everything of visit 2, "2.3" for its third event. */
  readonly event: string;
  readonly lane: number | undefined;
  readonly interface: string;
  readonly search: string;
}

export const noFilter: Filter = { event: '', lane: undefined, interface: '', search: '' };

export interface Masks {
  readonly messages: Uint8Array;
  readonly marks: Uint8Array;
  /** How many messages the filter lets through. */
  readonly shown: number;
}

export function masksOf(scene: Scene, filter: Filter): Masks {
  const isEvent = eventTest(scene.data, filter.event);
  const messages = messageMask(scene, filter, isEvent);
  const shown = messages.reduce((sum, bit) => sum + bit, 0);
  return { messages, marks: markMask(scene, filter, isEvent), shown };
}

type EventTest = (entry: number, position: number, tx: number | null) => boolean;

function messageMask({ data, messages }: Scene, filter: Filter, isEvent: EventTest): Uint8Array {
  const name = data.texts.indexOf(filter.interface);
  const words = wordsOf(filter.search);
  return Uint8Array.from({ length: messages.length }, (_, row) => {
    const from = messages.from[row] ?? -1;
    const to = messages.to[row] ?? -1;
    const shown =
      (filter.lane === undefined || filter.lane === from || filter.lane === to) &&
      (filter.interface === '' || messages.interface[row] === name) &&
      isEvent(
        messages.entry[row] ?? -1,
        messages.position[row] ?? -1,
        data.messages.tx[row] ?? null,
      ) &&
      hasAll(words, () => messageText(data, row));
    return shown ? 1 : 0;
  });
}

function markMask({ data, marks }: Scene, filter: Filter, isEvent: EventTest): Uint8Array {
  const words = wordsOf(filter.search);
  return Uint8Array.from({ length: marks.length }, (_, row) => {
    const shown =
      (filter.lane === undefined || filter.lane === marks.lane[row]) &&
      filter.interface === '' &&
      isEvent(marks.entry[row] ?? -1, marks.position[row] ?? -1, data.marks.tx[row] ?? null) &&
      hasAll(words, () => markText(data, row));
    return shown ? 1 : 0;
  });
}

/** Decisions name only the update; the event that caused it is known from its propagation. */
function eventTest(data: PageData, wanted: string): EventTest {
  const [entry, position] = wanted.split(/[./]/).map(Number);
  if (wanted === '' || entry === undefined || Number.isNaN(entry)) return () => true;
  const matches = (ofEntry: number, ofPosition: number): boolean =>
    ofEntry === entry && (position === undefined || position === 0 || ofPosition === position);
  const updates = new Set<number>();
  for (const table of [data.messages, data.marks]) {
    for (const [row, tx] of table.tx.entries())
      if (tx !== null && matches(table.entry[row] ?? -1, table.position[row] ?? -1))
        updates.add(tx);
  }
  return (ofEntry, ofPosition, tx) =>
    matches(ofEntry, ofPosition) || (tx !== null && updates.has(tx));
}

const wordsOf = (search: string): string[] =>
  search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

const hasAll = (words: readonly string[], text: () => string): boolean => {
  if (words.length === 0) return true;
  const found = text();
  return words.every((word) => found.includes(word));
};

const textColumns = ['interface', 'prefix', 'tx', 'result', 'reason', 'status', 'detail'] as const;

/** Everything of a message that people search for, in lower case. */
function messageText(data: PageData, row: number): string {
  const { messages, texts, lanes } = data;
  const words = textColumns.map((name) => {
    const text = messages[name][row] ?? null;
    return text === null ? '' : (texts[text] ?? '');
  });
  const from = lanes[messages.from[row] ?? 0]?.name;
  const to = lanes[messages.to[row] ?? 0]?.name;
  const id = `${words[1]}${messages.number[row] ?? ''}`;
  const event = `${messages.entry[row] ?? ''}.${messages.position[row] ?? ''}`;
  const amounts = `${messages.money[row] ?? ''} ${messages.balance[row] ?? ''}`;
  return `${words.join(' ')} ${from} ${to} ${id} ${event} ${amounts}`.toLowerCase();
}

function markText(data: PageData, row: number): string {
  const { marks, texts, lanes } = data;
  const words = ([marks.kind, marks.tx, marks.note] as const).map((column) => {
    const text = column[row] ?? null;
    return text === null ? '' : (texts[text] ?? '');
  });
  const lane = lanes[marks.lane[row] ?? 0]?.name;
  const event = `${marks.entry[row] ?? ''}.${marks.position[row] ?? ''}`;
  return `${words.join(' ')} ${lane} ${event} ${marks.balance[row] ?? ''}`.toLowerCase();
}
