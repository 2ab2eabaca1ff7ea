import { fates } from './legs.ts';
import type { Scene } from './scene.ts';
import { columnWidth, firstLane, lastLane, xOf } from './view.ts';
import type { View } from './view.ts';

export interface Arrow {
  readonly message: number;
  readonly answer: boolean;
  readonly fromLane: number;
  readonly toLane: number;
  readonly x1: number;
  readonly x2: number;
  readonly fate: number;
}

/** Many messages of one fan-out, drawn as one shape between its origin and all others. */
export interface Fan {
  /** One of its messages. */
  readonly message: number;
  readonly answer: boolean;
  readonly origin: number;
  readonly lowLane: number;
  readonly highLane: number;
  readonly x1: number;
  readonly x2: number;
  readonly messages: number;
}

/** How much a lane sends and receives in a stretch of time. */
export interface Tile {
  readonly lane: number;
  readonly x: number;
  readonly width: number;
  /** 1 to 4. */
  readonly strength: number;
}

export interface MessagePicture {
  readonly level: 'arrows' | 'fans' | 'activity';
  readonly arrows: readonly Arrow[];
  readonly fans: readonly Fan[];
  readonly tiles: readonly Tile[];
  /** Ways of messages that touch the view, drawn or not. */
  readonly inView: number;
}

export interface MessageChoice {
  /** 1 for each message that the filters let through. */
  readonly mask: Uint8Array;
  readonly collapse: boolean;
}

/** More arrows than one a pixel only smear; a small picture may still hold a few. */
const arrowsLeast = 300;

/** Fewer messages than this are no crowd and stay arrows. */
const crowd = 3;

/** Chooses how to draw the messages of a view, so that the number of shapes depends on the view. */
export function pickMessages(scene: Scene, view: View, choice: MessageChoice): MessagePicture {
  const legs = legsInView(scene, view, choice.mask);
  const most = Math.max(arrowsLeast, view.width);
  const inView = legs.length;
  const nothing = { arrows: [], fans: [], tiles: [], inView };
  if (!choice.collapse && inView <= most)
    return {
      ...nothing,
      level: 'arrows',
      arrows: Array.from(legs, (leg) => arrowOf(scene, view, leg)),
    };
  if (groupsOf(scene, legs) > most)
    return { ...nothing, level: 'activity', tiles: tilesOf(scene, view, legs) };
  const groups = grouped(scene, legs);
  const single = groups.filter((group) => group.length < crowd).flat();
  const fans = groups.filter((group) => group.length >= crowd);
  return {
    ...nothing,
    level: fans.length > 0 ? 'fans' : 'arrows',
    arrows: single.map((leg) => arrowOf(scene, view, leg)),
    fans: fans.map((group) => fanOf(scene, view, group)),
  };
}

function legsInView({ legs, messages }: Scene, view: View, mask: Uint8Array): Int32Array {
  const low = firstLane(view);
  const high = lastLane(view);
  const found = new Int32Array(legs.length);
  let length = 0;
  for (let leg = 0; leg < legs.length; leg += 1) {
    const message = leg >> 1;
    if (mask[message] !== 1 || legs.fate[leg] === fates.none) continue;
    if ((legs.arrived[leg] ?? 0) < view.from || (legs.sent[leg] ?? 0) > view.to) continue;
    const from = messages.from[message] ?? 0;
    const to = messages.to[message] ?? 0;
    if (Math.max(from, to) < low || Math.min(from, to) > high) continue;
    found[length++] = leg;
  }
  return found.subarray(0, length);
}

function arrowOf({ legs, messages }: Scene, view: View, leg: number): Arrow {
  const message = leg >> 1;
  const answer = (leg & 1) === 1;
  const caller = messages.from[message] ?? 0;
  const callee = messages.to[message] ?? 0;
  return {
    message,
    answer,
    fromLane: answer ? callee : caller,
    toLane: answer ? caller : callee,
    x1: xOf(view, legs.sent[leg] ?? 0),
    x2: xOf(view, legs.arrived[leg] ?? 0),
    fate: legs.fate[leg] ?? fates.none,
  };
}

/**
 * The fan-out and direction that a leg belongs to, or -1. Trouble stands alone, so that it is seen.
 */
function groupOf({ legs, messages }: Scene, leg: number): number {
  const fan = messages.fan[leg >> 1] ?? -1;
  return fan < 0 || legs.fate[leg] !== fates.delivered ? -1 : fan * 2 + (leg & 1);
}

/** How many shapes the legs would be, with each fan-out as one. */
function groupsOf(scene: Scene, inView: Int32Array): number {
  const seen = new Uint8Array(scene.messages.fans * 2);
  let groups = 0;
  for (const leg of inView) {
    const group = groupOf(scene, leg);
    if (group < 0 || seen[group] === 0) groups += 1;
    if (group >= 0) seen[group] = 1;
  }
  return groups;
}

function grouped(scene: Scene, inView: Int32Array): number[][] {
  const fans = new Map<number, number[]>();
  const alone: number[][] = [];
  for (const leg of inView) {
    const group = groupOf(scene, leg);
    if (group < 0) alone.push([leg]);
    else if (!fans.get(group)?.push(leg)) fans.set(group, [leg]);
  }
  return [...alone, ...fans.values()];
}

function fanOf({ legs, messages }: Scene, view: View, group: readonly number[]): Fan {
  const message = (group[0] ?? 0) >> 1;
  let [sent, arrived, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const leg of group) {
    const lane = messages.to[leg >> 1] ?? 0;
    sent = Math.min(sent, legs.sent[leg] ?? sent);
    arrived = Math.max(arrived, legs.arrived[leg] ?? arrived);
    low = Math.min(low, lane);
    high = Math.max(high, lane);
  }
  return {
    message,
    answer: ((group[0] ?? 0) & 1) === 1,
    origin: messages.from[message] ?? 0,
    lowLane: low,
    highLane: high,
    x1: xOf(view, sent),
    x2: xOf(view, arrived),
    messages: group.length,
  };
}

function tilesOf({ legs, messages }: Scene, view: View, inView: Int32Array): Tile[] {
  const width = columnWidth(view);
  const columns = Math.ceil(view.width / width);
  const low = firstLane(view);
  const lanes = lastLane(view) - low + 1;
  const counts = new Uint32Array(columns * lanes);
  const add = (lane: number, position: number): void => {
    const column = Math.floor(xOf(view, position) / width);
    const row = lane - low;
    if (column < 0 || column >= columns || row < 0 || row >= lanes) return;
    const cell = row * columns + column;
    counts[cell] = (counts[cell] ?? 0) + 1;
  };
  for (const leg of inView) {
    const [caller, callee] = [messages.from[leg >> 1] ?? 0, messages.to[leg >> 1] ?? 0];
    const answer = (leg & 1) === 1;
    add(answer ? callee : caller, legs.sent[leg] ?? 0);
    add(answer ? caller : callee, legs.arrived[leg] ?? 0);
  }
  return runsOf(counts, columns, { low, width });
}

/** Neighbouring cells of the same strength become one tile. */
function runsOf(
  counts: Uint32Array,
  columns: number,
  { low, width }: { readonly low: number; readonly width: number },
): Tile[] {
  const most = counts.reduce((high, value) => Math.max(high, value), 1);
  const strengthOf = (value: number): number =>
    value === 0 ? 0 : 1 + Math.round((3 * Math.log1p(value)) / Math.log1p(most));
  const tiles: Tile[] = [];
  for (let cell = 0; cell < counts.length; cell += 1) {
    const strength = strengthOf(counts[cell] ?? 0);
    if (strength === 0) continue;
    const start = cell;
    const end = Math.ceil((cell + 1) / columns) * columns;
    while (cell + 1 < end && strengthOf(counts[cell + 1] ?? 0) === strength) cell += 1;
    const lane = low + Math.floor(start / columns);
    const x = (start % columns) * width;
    tiles.push({ lane, x, width: (cell - start + 1) * width, strength });
  }
  return tiles;
}
