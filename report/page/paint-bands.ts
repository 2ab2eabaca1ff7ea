import { yOf } from '../picture/view.ts';
import type { Box } from '../picture/pick-marks.ts';
import type { Frame } from './frame.ts';

/** Lives, starts, deaths and faults of the processes, behind their messages. */
export function paintBands(frame: Frame): void {
  const { boxes } = frame.picture;
  for (const kind of ['alive', 'starting', 'down', 'fault'] as const) {
    for (const box of boxes) if (box.band.kind === kind) painters[kind](frame, box);
  }
}

type Painter = (frame: Frame, box: Box) => void;

const painters: Readonly<Record<Box['band']['kind'], Painter>> = {
  alive: ({ context, view, palette }, { band, x1, x2 }) => {
    const height = Math.max(2, Math.min(8, view.laneHeight * 0.3));
    context.fillStyle = palette.raised;
    context.fillRect(x1, yOf(view, band.lane) - height / 2, Math.max(1, x2 - x1), height);
  },
  starting: (frame, { band, x1, x2 }) => {
    const { view, palette } = frame;
    const height = Math.max(2, Math.min(8, view.laneHeight * 0.3));
    hatch(frame, { x1, x2, y: yOf(view, band.lane) - height / 2, height }, palette.faint);
  },
  down: (frame, { band, x1, x2 }) => {
    const { context, view, palette } = frame;
    const height = view.laneHeight * 0.9;
    const y = yOf(view, band.lane) - height / 2;
    context.fillStyle = palette.bad;
    context.globalAlpha = 0.16;
    context.fillRect(x1, y, Math.max(2, x2 - x1), height);
    context.globalAlpha = 1;
    hatch(frame, { x1, x2, y, height }, palette.bad);
  },
  fault: ({ context, view, palette }, { band, x1, x2 }) => {
    const height = view.laneHeight * 0.9;
    const y = yOf(view, band.lane) - height / 2;
    context.fillStyle = palette.bad;
    context.globalAlpha = 0.3;
    context.fillRect(x1, y, Math.max(3, x2 - x1), height);
    context.globalAlpha = 1;
    context.fillRect(x1, y, 2, height);
    bolt(context, x1 + 1, y);
  },
};

interface Area {
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
  readonly height: number;
}

/** Hatching tells the bands apart without colour. */
function hatch({ context, view }: Frame, { x1, x2, y, height }: Area, colour: string): void {
  const left = Math.max(x1, -10);
  const right = Math.min(Math.max(x2, x1 + 1), view.width + 10);
  context.save();
  context.beginPath();
  context.rect(left, y, right - left, height);
  context.clip();
  context.strokeStyle = colour;
  context.globalAlpha = 0.5;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = left - height; x < right; x += 5) {
    context.moveTo(x, y + height);
    context.lineTo(x + height, y);
  }
  context.stroke();
  context.restore();
}

/** A small flash above the moment at which a fault struck. */
function bolt(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x + 2, y - 7);
  context.lineTo(x - 4, y + 2);
  context.lineTo(x, y + 2);
  context.lineTo(x - 2, y + 8);
  context.lineTo(x + 4, y - 1);
  context.lineTo(x, y - 1);
  context.closePath();
  context.fill();
}
