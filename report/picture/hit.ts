import type { Picture } from './picture.ts';
import { yOf } from './view.ts';
import type { View } from './view.ts';

export type Hit =
  | { readonly sort: 'message'; readonly row: number }
  | { readonly sort: 'mark'; readonly row: number }
  | { readonly sort: 'band'; readonly row: number; readonly text: string };

/** How far from a shape one may point, in pixels. */
const reach = 7;

/** What a person points at: the nearest mark or message, else the band behind them. */
export function hitAt(picture: Picture, view: View, x: number, y: number): Hit | undefined {
  let best: Hit | undefined;
  let nearest = reach;
  const consider = (distance: number, hit: Hit): void => {
    if (distance >= nearest) return;
    nearest = distance;
    best = hit;
  };
  // A mark stands on the end of an arrow; it is the smaller target, so it wins.
  for (const { mark, lane, x: at } of picture.dots)
    consider(Math.hypot(at - x, yOf(view, lane) - y) - 2, { sort: 'mark', row: mark });
  for (const { message, fromLane, toLane, x1, x2 } of picture.arrows) {
    const line = { x1, y1: yOf(view, fromLane), x2, y2: yOf(view, toLane) };
    consider(distanceTo(line, x, y), { sort: 'message', row: message });
  }
  for (const { message, lowLane, highLane, x1, x2 } of picture.fans) {
    const inside = x > x1 && x < x2 && y > yOf(view, lowLane) && y < yOf(view, highLane);
    if (inside) consider(reach - 1, { sort: 'message', row: message });
  }
  return best ?? bandAt(picture, view, x, y);
}

function bandAt(picture: Picture, view: View, x: number, y: number): Hit | undefined {
  const found = picture.boxes.findLast(
    ({ band, x1, x2 }) =>
      x >= x1 - 3 && x <= x2 + 3 && Math.abs(yOf(view, band.lane) - y) <= view.laneHeight / 2,
  );
  return found && { sort: 'band', row: found.band.line, text: found.band.text };
}

interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function distanceTo({ x1, y1, x2, y2 }: Line, x: number, y: number): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x1 + share * (x2 - x1) - x, y1 + share * (y2 - y1) - y);
}
