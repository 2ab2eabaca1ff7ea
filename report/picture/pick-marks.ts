import type { PlacedBand, PlacedLink, Scene } from './scene.ts';
import { columnWidth, firstLane, lastLane, shapesMost, xOf } from './view.ts';
import type { View } from './view.ts';

export interface Dot {
  readonly mark: number;
  readonly lane: number;
  readonly kind: number;
  readonly x: number;
}

export interface Box {
  readonly band: PlacedBand['band'];
  readonly x1: number;
  readonly x2: number;
}

/** What every update leaves behind; a crowd of it says nothing that its messages do not. */
const routine = ['prepare', 'apply', 'decide', 'outcome'];

export interface MarkPicture {
  readonly dots: readonly Dot[];
  /** Marks of the view that are not drawn, because there are too many. */
  readonly hidden: number;
}

/** The marks of a view. When there are too many, only what is out of the ordinary. */
export function pickMarks(scene: Scene, view: View, mask: Uint8Array): MarkPicture {
  const { marks, markPositions } = scene;
  const inView = marksInView(scene, view, mask);
  const chosen = inView.length <= shapesMost(view) ? inView : unusual(scene, view, inView);
  const dots = Array.from(chosen, (mark) => ({
    mark,
    lane: marks.lane[mark] ?? 0,
    kind: marks.kind[mark] ?? 0,
    x: xOf(view, markPositions[mark] ?? 0),
  }));
  return { dots, hidden: inView.length - dots.length };
}

function unusual(scene: Scene, view: View, inView: Int32Array): Int32Array {
  const usual = new Set(routine.map((kind) => scene.data.texts.indexOf(kind)));
  const rest = inView.filter((mark) => !usual.has(scene.marks.kind[mark] ?? -1));
  return rest.length <= shapesMost(view) ? rest : thinned(scene, view, rest);
}

function marksInView({ marks, markPositions }: Scene, view: View, mask: Uint8Array): Int32Array {
  const low = firstLane(view);
  const high = lastLane(view);
  const found = new Int32Array(marks.length);
  let length = 0;
  for (let mark = 0; mark < marks.length; mark += 1) {
    const position = markPositions[mark] ?? 0;
    const lane = marks.lane[mark] ?? 0;
    if (mask[mark] !== 1 || position < view.from || position > view.to) continue;
    if (lane >= low && lane <= high) found[length++] = mark;
  }
  return found.subarray(0, length);
}

/** The first mark in each column of each lane. */
function thinned({ marks, markPositions }: Scene, view: View, inView: Int32Array): Int32Array {
  const width = columnWidth(view);
  const columns = Math.floor(view.width / width) + 1;
  const low = firstLane(view);
  const taken = new Uint8Array(columns * (lastLane(view) - low + 1));
  return inView.filter((mark) => {
    const column = Math.floor(xOf(view, markPositions[mark] ?? 0) / width);
    const cell = ((marks.lane[mark] ?? 0) - low) * columns + column;
    const free = taken[cell] === 0;
    taken[cell] = 1;
    return free;
  });
}

/** The bands of a view. Of those narrower than a pixel a lane shows one of a kind a pixel. */
export function pickBands(scene: Scene, view: View): Box[] {
  const low = firstLane(view);
  const high = lastLane(view);
  const taken = new Set<string>();
  return scene.bands.flatMap(({ band, from, to }) => {
    if (to < view.from || from > view.to || band.lane < low || band.lane > high) return [];
    const x1 = Math.max(-20, xOf(view, from));
    const x2 = Math.min(view.width + 20, xOf(view, to));
    if (x2 - x1 < 1) {
      const place = `${band.lane}/${band.kind}/${Math.floor(x1 / columnWidth(view))}`;
      if (taken.has(place)) return [];
      taken.add(place);
    }
    return [{ band, x1, x2 }];
  });
}

export interface ChainLine {
  readonly x1: number;
  readonly x2: number;
  readonly lane1: number;
  readonly lane2: number;
}

/** The critical chain in a view; links closer than a pixel are drawn as one stroke. */
export function pickChain(scene: Scene, view: View): ChainLine[] {
  const lines: ChainLine[] = [];
  let open: PlacedLink | undefined;
  for (const link of scene.chain) {
    if (link.to < view.from || link.from > view.to) continue;
    const merged: PlacedLink = open ? { ...link, from: open.from, fromLane: open.fromLane } : link;
    open = xOf(view, merged.to) - xOf(view, merged.from) < 1 ? merged : undefined;
    if (!open) lines.push(lineOf(view, merged));
  }
  return lines;
}

const lineOf = (view: View, { from, to, fromLane, toLane }: PlacedLink): ChainLine => ({
  x1: xOf(view, from),
  x2: xOf(view, to),
  lane1: fromLane,
  lane2: toLane,
});
