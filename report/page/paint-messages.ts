import { fates } from '../picture/legs.ts';
import type { Arrow, Fan } from '../picture/pick-messages.ts';
import { count } from '../picture/words.ts';
import { yOf } from '../picture/view.ts';
import { font, line } from './frame.ts';
import type { Frame } from './frame.ts';

/** Beyond this many arrows their heads would only smear. */
const headsMost = 700;

export function paintMessages(frame: Frame): void {
  paintTiles(frame);
  for (const fan of frame.picture.fans) paintFan(frame, fan);
  const heads = frame.picture.arrows.length <= headsMost;
  for (const arrow of frame.picture.arrows) paintArrow(frame, arrow, heads);
  frame.context.setLineDash([]);
  frame.context.globalAlpha = 1;
}

function paintTiles({ context, picture, view, palette }: Frame): void {
  context.fillStyle = palette.of('deposit');
  const height = Math.max(1, view.laneHeight * 0.7);
  for (const { lane, x, width, strength } of picture.tiles) {
    context.globalAlpha = 0.15 + strength * 0.18;
    context.fillRect(x, yOf(view, lane) - height / 2, width, height);
  }
  context.globalAlpha = 1;
}

const nameOf = ({ data }: Frame, message: number): string =>
  data.texts[data.messages.interface[message] ?? -1] ?? '';

const isChosen = ({ chosen }: Frame, message: number): boolean =>
  chosen?.sort === 'message' && chosen.row === message;

/** A request is a whole line, an answer a dashed one. */
function paintArrow(frame: Frame, arrow: Arrow, head: boolean): void {
  const { context, view, palette } = frame;
  const trouble = arrow.fate === fates.lost || arrow.fate === fates.failed;
  const chosen = isChosen(frame, arrow.message);
  context.strokeStyle = trouble ? palette.bad : palette.of(nameOf(frame, arrow.message));
  context.fillStyle = context.strokeStyle;
  context.lineWidth = chosen ? 3.5 : arrow.answer ? 1 : 1.4;
  context.globalAlpha = chosen ? 1 : arrow.answer ? 0.65 : 0.9;
  context.setLineDash(arrow.answer || arrow.fate === fates.assumed ? [4, 3] : []);
  const y1 = yOf(view, arrow.fromLane);
  const y2 = yOf(view, arrow.toLane);
  if (trouble) return paintTrouble(frame, arrow);
  line(context, [arrow.x1, y1, arrow.x2, y2]);
  if (head && Math.hypot(arrow.x2 - arrow.x1, y2 - y1) > 10)
    paintHead(context, [arrow.x1, y1, arrow.x2, y2]);
}

function paintHead(
  context: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  // The tip stops short of the mark that stands at the arrow's end.
  const x = x2 - 3 * Math.cos(angle);
  const y = y2 - 3 * Math.sin(angle);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 7 * Math.cos(angle - 0.4), y - 7 * Math.sin(angle - 0.4));
  context.lineTo(x - 7 * Math.cos(angle + 0.4), y - 7 * Math.sin(angle + 0.4));
  context.closePath();
  context.fill();
}

/** A lost message ends half-way in a cross; a failed call is a cross where the caller learnt it. */
function paintTrouble({ context, view }: Frame, arrow: Arrow): void {
  const y1 = yOf(view, arrow.fromLane);
  const y2 = yOf(view, arrow.toLane);
  const failed = arrow.fate === fates.failed;
  const x = failed ? arrow.x2 : arrow.x1 + 12;
  const y = failed ? y2 : (y1 + y2) / 2;
  if (!failed) line(context, [arrow.x1, y1, x, y]);
  context.setLineDash([]);
  line(context, [x - 4, y - 4, x + 4, y + 4]);
  line(context, [x - 4, y + 4, x + 4, y - 4]);
}

/** A wedge from the origin to all others, or back from them. */
function paintFan(frame: Frame, fan: Fan): void {
  const { context, view, palette } = frame;
  const tip = fan.answer ? fan.x2 : fan.x1;
  const base = fan.answer ? fan.x1 : fan.x2;
  const origin = yOf(view, fan.origin);
  const [low, high] = [yOf(view, fan.lowLane), yOf(view, fan.highLane)];
  context.fillStyle = palette.of(nameOf(frame, fan.message));
  context.strokeStyle = context.fillStyle;
  context.setLineDash(fan.answer ? [4, 3] : []);
  context.lineWidth = isChosen(frame, fan.message) ? 3.5 : 1;
  context.beginPath();
  context.moveTo(tip, origin);
  context.lineTo(base, low);
  context.lineTo(base, high);
  context.closePath();
  context.globalAlpha = fan.answer ? 0.07 : 0.16;
  context.fill();
  context.globalAlpha = 0.7;
  context.stroke();
  context.setLineDash([]);
  if (fan.answer || fan.x2 - fan.x1 < 34) return;
  context.globalAlpha = 1;
  context.font = font;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(`×${count(fan.messages)}`, base - 4, (origin + (low + high) / 2) / 2);
}
