import { messageEnds } from '../data.ts';
import type { MessageEnd, PageData } from '../data.ts';
import type { Scene } from '../picture/scene.ts';
import type { Chosen } from './state.ts';

export interface Place {
  /** Microseconds since the run's first record. */
  readonly time: number;
  readonly lane: number;
  readonly chosen?: Chosen;
}

/** Where a line of the history stands in the diagram. */
export function placeOfLine({ data, messages, marks }: Scene, line: number): Place | undefined {
  const mark = data.marks.line.indexOf(line);
  if (mark !== -1) {
    const [time, lane] = [marks.at[mark] ?? 0, marks.lane[mark] ?? 0];
    return { time, lane, chosen: { sort: 'mark', row: mark } };
  }
  for (const end of messageEnds) {
    const row = rowOf(data, end, line);
    if (row === -1) continue;
    const caller = end === 'call' || end === 'return';
    const lane = (caller ? messages.from[row] : messages.to[row]) ?? 0;
    return { time: messages.times[end][row] ?? 0, lane, chosen: { sort: 'message', row } };
  }
  const band = data.bands.find((candidate) => candidate.line === line);
  return band && { time: band.from, lane: band.lane };
}

/** The message of which this end stands in this line, or -1. */
function rowOf({ messages }: PageData, end: MessageEnd, line: number): number {
  const distances = messages[`${end}_line`];
  return messages.line.findIndex((first, row) => {
    const distance = distances[row] ?? null;
    return distance !== null && (first ?? 0) + distance === line;
  });
}
