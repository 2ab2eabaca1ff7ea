import type { Dot } from '../picture/pick-marks.ts';
import { yOf } from '../picture/view.ts';
import { font, line } from './frame.ts';
import type { Frame } from './frame.ts';

/** Each kind of mark has a shape of its own; the colour repeats what the shape says. */
export function paintMarks(frame: Frame): void {
  const { context, picture, view, data, chosen, palette } = frame;
  const size = Math.max(1, Math.min(4.5, view.laneHeight / 5));
  context.lineWidth = 1.4;
  for (const dot of picture.dots) {
    const at = { x: dot.x, y: yOf(view, dot.lane), size };
    const kind = data.texts[dot.kind] ?? '';
    (shapes[kind] ?? ring)(frame, at, noteOf(frame, dot));
    if (chosen?.sort !== 'mark' || chosen.row !== dot.mark) continue;
    context.strokeStyle = palette.focus;
    circle(context, { ...at, size: size + 4 });
    context.stroke();
  }
  paintLabels(frame);
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

type Shape = (frame: Frame, at: Spot, note: string) => void;

const noteOf = ({ data }: Frame, { mark }: Dot): string =>
  data.texts[data.marks.note[mark] ?? -1] ?? '';

const disc: Shape = ({ context, palette }, at) => {
  context.fillStyle = palette.ink;
  circle(context, at);
  context.fill();
};

const ring: Shape = ({ context, palette }, at) => {
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.ink;
  circle(context, { ...at, size: at.size - 0.5 });
  context.fill();
  context.stroke();
};

const diamond: Shape = ({ context, palette }, at, note) => {
  context.fillStyle = note === 'committed' ? palette.of('decide') : palette.surface;
  context.strokeStyle = palette.of('decide');
  polygon(context, at, [0, -1.4, 1.4, 0, 0, 1.4, -1.4, 0]);
};

const triangle: Shape = ({ context, palette }, at) => {
  context.fillStyle = palette.faint;
  context.strokeStyle = palette.faint;
  polygon(context, at, [-0.8, -1, 1, 0, -0.8, 1]);
};

const cross: Shape = ({ context, palette }, { x, y, size }) => {
  context.strokeStyle = palette.bad;
  line(context, [x - size, y - size, x + size, y + size]);
  line(context, [x - size, y + size, x + size, y - size]);
};

const square: Shape = ({ context, palette }, at, note) => {
  const failed = note.includes('→ fail') || note.includes('→ unknown');
  context.fillStyle = failed ? palette.surface : palette.ink;
  context.strokeStyle = failed ? palette.bad : palette.ink;
  polygon(context, at, [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9]);
};

const shapes: Readonly<Record<string, Shape>> = {
  apply: disc,
  prepare: ring,
  decide: diamond,
  replay: triangle,
  drop: cross,
  refuse: cross,
  outcome: square,
  settled: square,
};

function circle(context: CanvasRenderingContext2D, { x, y, size }: Spot): void {
  context.beginPath();
  context.arc(x, y, Math.max(1, size), 0, Math.PI * 2);
}

function polygon(
  context: CanvasRenderingContext2D,
  { x, y, size }: Spot,
  points: readonly number[],
): void {
  context.beginPath();
  for (let index = 0; index < points.length; index += 2)
    context.lineTo(x + (points[index] ?? 0) * size, y + (points[index + 1] ?? 0) * size);
  context.closePath();
  context.fill();
  context.stroke();
}

/** Answers and balances in words, wherever a lane has room for them. */
function paintLabels(frame: Frame): void {
  const { context, picture, view, palette } = frame;
  if (view.laneHeight < 20) return;
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const taken = new Map<string, number>();
  const offsets = view.laneHeight < 34 ? [-6] : [-6, 15];
  for (const dot of picture.dots) {
    const text = labelOf(frame, dot);
    if (text === '') continue;
    const right = dot.x + 6 + context.measureText(text).width;
    const free = offsets.find((offset) => dot.x > (taken.get(`${dot.lane}${offset}`) ?? -Infinity));
    if (free === undefined || right > view.width + 14) continue;
    taken.set(`${dot.lane}${free}`, right + 2);
    write(frame, text, { x: dot.x + 6, y: yOf(view, dot.lane) + free }, palette.ink);
  }
  for (const { band, x1 } of picture.boxes) {
    // The words behind the colon are told when one points at it.
    const [name] = band.text.split(':');
    if (band.kind === 'fault' && name !== undefined && name !== band.text)
      write(frame, name, { x: x1 + 7, y: yOf(view, band.lane) - 8 }, palette.bad);
  }
}

/** Text with a rim, so that it can be read across lines. */
function write(
  { context, palette }: Frame,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
  colour: string,
): void {
  context.strokeStyle = palette.surface;
  context.lineWidth = 3;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function labelOf(frame: Frame, dot: Dot): string {
  const { data } = frame;
  const kind = data.texts[dot.kind];
  const balance = data.marks.balance[dot.mark] ?? null;
  if (kind === 'apply' && balance !== null) return String(balance);
  if (kind !== 'outcome') return '';
  const note = noteOf(frame, dot);
  return balance === null ? note : note.replace('balance', String(balance));
}
