import type { MessageStore } from './store.ts';
import type { Warp } from './warp.ts';

/**
 * The two ways of every message, request and answer, as positions on the axis. Row `2 * message`
 * is the request, the next one the answer.
 */
export interface Legs {
  readonly length: number;
  readonly sent: Float64Array;
  readonly arrived: Float64Array;
  readonly fate: Uint8Array;
}

export const fates = {
  /** There is no such way: nothing was sent. */
  none: 0,
  delivered: 1,
  /** Sent, and never seen to arrive. */
  lost: 2,
  /** Between this process and one that keeps no history: only this end is known. */
  oneEnded: 3,
  /** The callee keeps no history; it is assumed to have answered half-way. */
  assumed: 4,
  /** The caller was told that the call failed. */
  failed: 5,
} as const;

export function legsOf(messages: MessageStore, warp: Warp): Legs {
  const length = messages.length * 2;
  const legs = {
    length,
    sent: new Float64Array(length),
    arrived: new Float64Array(length),
    fate: new Uint8Array(length),
  };
  for (let row = 0; row < messages.length; row += 1) placeMessage(legs, row, messages, warp);
  return legs;
}

function placeMessage(legs: Legs, row: number, messages: MessageStore, warp: Warp): void {
  const call = messages.times.call[row] ?? Number.NaN;
  const receive = messages.times.receive[row] ?? Number.NaN;
  const reply = messages.times.reply[row] ?? Number.NaN;
  const back = messages.times.return[row] ?? Number.NaN;
  const failed = (messages.status[row] ?? -1) >= 0;
  const place = (leg: number, from: number, to: number, fate: number): void => {
    legs.sent[leg] = warp.position(Number.isNaN(from) ? to : from);
    legs.arrived[leg] = warp.position(Number.isNaN(to) ? from : to);
    legs.fate[leg] = fate;
  };
  const silent = Number.isNaN(receive) && Number.isNaN(reply);
  if (silent && !Number.isNaN(call) && !Number.isNaN(back) && !failed) {
    place(row * 2, call, (call + back) / 2, fates.assumed);
    place(row * 2 + 1, (call + back) / 2, back, fates.assumed);
    return;
  }
  place(row * 2, call, receive, fateOf(call, receive, fates.oneEnded));
  // A caller that wrote no call would not have written the return either.
  const answer = Number.isNaN(call) ? fates.oneEnded : fateOf(reply, back, unsentAnswer(failed));
  place(row * 2 + 1, reply, back, Number.isNaN(reply) && Number.isNaN(back) ? fates.none : answer);
}

const unsentAnswer = (failed: boolean): number => (failed ? fates.failed : fates.oneEnded);

function fateOf(sent: number, arrived: number, unsent: number): number {
  if (Number.isNaN(sent)) return Number.isNaN(arrived) ? fates.none : unsent;
  return Number.isNaN(arrived) ? fates.lost : fates.delivered;
}

/** From the first to the last end of some messages, as positions; undefined when there are none. */
export function rangeOf(
  { legs }: { readonly legs: Legs },
  mask: Uint8Array,
): { readonly from: number; readonly to: number } | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (let leg = 0; leg < legs.length; leg += 1) {
    if (mask[leg >> 1] !== 1 || legs.fate[leg] === fates.none) continue;
    from = Math.min(from, legs.sent[leg] ?? from);
    to = Math.max(to, legs.arrived[leg] ?? to);
  }
  return from <= to ? { from, to } : undefined;
}
