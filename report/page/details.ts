import { messageEnds } from '../data.ts';
import type { Column, MessageColumn, PageData } from '../data.ts';
import { exactly, duration } from '../picture/words.ts';
import { button, element } from './dom.ts';
import type { Chosen } from './state.ts';

type Line = readonly [term: string, text: string];

/** Everything that the history says about one message or mark. */
export function details(data: PageData, chosen: Chosen, onClose: () => void): HTMLElement {
  const message = chosen.sort === 'message';
  const lines = message ? messageLines(data, chosen.row) : markLines(data, chosen.row);
  const title = message ? messageTitle(data, chosen.row) : markTitle(data, chosen.row);
  return element(
    'aside',
    { class: 'details', 'aria-label': message ? 'Message' : 'Record' },
    element('h3', {}, title),
    button('×', onClose, { 'aria-label': 'Close', class: 'close', title: 'Close (Esc)' }),
    element(
      'dl',
      {},
      ...lines.map(([term, text]) =>
        element('div', {}, element('dt', {}, term), element('dd', {}, text)),
      ),
    ),
  );
}

const textAt = (data: PageData, column: Column, row: number): string | undefined => {
  const text = column[row] ?? null;
  return text === null ? undefined : data.texts[text];
};

const numberAt = (column: Column, row: number): string | undefined => {
  const value = column[row] ?? null;
  return value === null ? undefined : String(value);
};

export function messageTitle(data: PageData, row: number): string {
  const { messages, lanes } = data;
  const money = numberAt(messages.money, row);
  const name = textAt(data, messages.interface, row) ?? '';
  const from = lanes[messages.from[row] ?? 0]?.name ?? '';
  const to = lanes[messages.to[row] ?? 0]?.name ?? '';
  return `${name}${money === undefined ? '' : ` ${money}`}: ${from} → ${to}`;
}

function messageLines(data: PageData, row: number): Line[] {
  const { messages } = data;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['message', messageId(data, row)],
    ['event', eventText(messages.entry[row], messages.position[row])],
    ['update', textAt(data, messages.tx, row)],
    ['version', numberAt(messages.version, row)],
    ['decision', textAt(data, messages.asked, row)],
    ['attempt', numberAt(messages.attempt, row)],
    ['result', textAt(data, messages.result, row)],
    ['reason', textAt(data, messages.reason, row)],
    ['balance', numberAt(messages.balance, row)],
    ['version answered', numberAt(messages.answered_version, row)],
    ['decision answered', textAt(data, messages.answered_decision, row)],
    ['status', textAt(data, messages.status, row)],
    ['detail', textAt(data, messages.detail, row)],
  ];
  return [...present(fields), ...endLines(data, row)];
}

export function messageId({ messages, texts }: PageData, row: number): string {
  return `${texts[messages.prefix[row] ?? -1] ?? ''}${messages.number[row] ?? ''}`;
}

function endLines({ messages }: PageData, row: number): Line[] {
  const sum = (base: MessageColumn, distance: MessageColumn): number | undefined => {
    const value = messages[distance][row] ?? null;
    return value === null ? undefined : (messages[base][row] ?? 0) + value;
  };
  const ends = messageEnds.map((end): Line => {
    const at = sum('at', `${end}_at`);
    if (at === undefined) return [end, 'not in the history'];
    const line = sum('line', `${end}_line`);
    return [end, `${exactly(at)}, line ${line}, clock ${sum('clock', `${end}_clock`)}`];
  });
  const took = (messages.return_at[row] ?? Number.NaN) - (messages.call_at[row] ?? Number.NaN);
  return Number.isNaN(took) ? ends : [...ends, ['took', duration(took)]];
}

function markTitle(data: PageData, row: number): string {
  const { marks, lanes } = data;
  return `${textAt(data, marks.kind, row)} at ${lanes[marks.lane[row] ?? 0]?.name}`;
}

function markLines(data: PageData, row: number): Line[] {
  const { marks } = data;
  return present([
    ['what', textAt(data, marks.note, row)],
    ['event', eventText(marks.entry[row], marks.position[row])],
    ['update', textAt(data, marks.tx, row)],
    ['version', numberAt(marks.version, row)],
    ['change', numberAt(marks.delta, row)],
    ['balance', numberAt(marks.balance, row)],
    ['at', exactly(marks.at[row] ?? 0)],
    ['line', numberAt(marks.line, row)],
    ['clock', numberAt(marks.clock, row)],
  ]);
}

const eventText = (
  entry: number | null | undefined,
  position: number | null | undefined,
): string | undefined =>
  typeof entry === 'number' ? `event ${position ?? '?'} of visit ${entry}` : undefined;

const present = (fields: readonly (readonly [string, string | undefined])[]): Line[] =>
  fields.filter((field): field is Line => field[1] !== undefined);
