import type { Band, PageData } from '../data.ts';
import { legsOf } from './legs.ts';
import type { Legs } from './legs.ts';
import { markStore, messageStore } from './store.ts';
import type { MarkStore, MessageStore } from './store.ts';
import { warpOf } from './warp.ts';
import type { AxisKind, Warp } from './warp.ts';

/** A whole history, laid out along one axis. Made anew when the axis changes, not for every frame. */
export interface Scene {
  readonly data: PageData;
  readonly warp: Warp;
  readonly messages: MessageStore;
  readonly legs: Legs;
  readonly marks: MarkStore;
  readonly markPositions: Float64Array;
  readonly bands: readonly PlacedBand[];
  readonly chain: readonly PlacedLink[];
}

export interface PlacedBand {
  readonly band: Band;
  readonly from: number;
  readonly to: number;
}

/** One link of the critical chain. */
export interface PlacedLink {
  readonly from: number;
  readonly to: number;
  readonly fromLane: number;
  readonly toLane: number;
}

export function sceneOf(data: PageData, axis: AxisKind): Scene {
  const messages = messageStore(data);
  const marks = markStore(data);
  const warp = warpOf(axis, moments(data, messages, marks));
  return {
    data,
    warp,
    messages,
    legs: legsOf(messages, warp),
    marks,
    markPositions: marks.at.map(warp.position),
    bands: data.bands.map((band) => ({
      band,
      from: warp.position(band.from),
      to: warp.position(band.to),
    })),
    chain: data.chain.links.map(({ from, to, fromLane, toLane }) => ({
      from: warp.position(from),
      to: warp.position(to),
      fromLane,
      toLane,
    })),
  };
}

/** Every moment at which something happened, and NaN where an end is missing. */
function moments(data: PageData, messages: MessageStore, marks: MarkStore): Float64Array {
  const { call, receive, reply, return: back } = messages.times;
  const bands = data.bands.flatMap(({ from, to }) => [from, to]);
  const all = [[0, data.run.duration], call, receive, reply, back, marks.at, bands];
  const found = new Float64Array(all.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const times of all) {
    found.set(times, next);
    next += times.length;
  }
  return found;
}
