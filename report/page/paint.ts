import type { Lane } from '../data.ts';
import { yOf } from '../picture/view.ts';
import { font, gutter, line, margin } from './frame.ts';
import type { Frame } from './frame.ts';
import { paintBands } from './paint-bands.ts';
import { paintMarks } from './paint-marks.ts';
import { paintMessages } from './paint-messages.ts';

export function paint(frame: Frame): void {
  const { context, view, palette } = frame;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, gutter + view.width + margin, view.height);
  paintLaneNames(frame);
  context.save();
  context.beginPath();
  context.rect(gutter - 8, 0, view.width + margin + 8, view.height);
  context.clip();
  context.translate(gutter, 0);
  paintLanes(frame);
  paintBands(frame);
  paintMessages(frame);
  paintChain(frame);
  paintMarks(frame);
  context.restore();
}

function paintLanes({ context, data, view, palette }: Frame): void {
  context.lineWidth = 1;
  for (const [lane, { role }] of data.lanes.entries()) {
    const y = Math.round(yOf(view, lane)) + 0.5;
    if (y < -view.laneHeight || y > view.height + view.laneHeight) continue;
    context.strokeStyle = palette.line;
    context.globalAlpha = Math.min(1, view.laneHeight / 16);
    line(context, [0, y, view.width, y]);
    context.globalAlpha = 1;
    const above = data.lanes[lane - 1];
    if (!above || above.role === role) continue;
    const border = Math.round(yOf(view, lane - 0.5)) + 0.5;
    context.setLineDash([2, 4]);
    line(context, [-gutter, border, view.width, border]);
    context.setLineDash([]);
  }
}

function paintLaneNames({ context, data, view, palette }: Frame): void {
  context.font = font;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const every = Math.ceil(14 / view.laneHeight);
  for (const [lane, { role, name }] of data.lanes.entries()) {
    const y = yOf(view, lane);
    if (lane % every !== 0 || y < -10 || y > view.height + 10) continue;
    context.fillStyle = role === 'branch' ? palette.ink : palette.faint;
    context.fillText(shortened(name), gutter - 14, Math.max(7, y));
  }
}

const shortened = (name: Lane['name']): string =>
  name.length > 15 ? `${name.slice(0, 14)}…` : name;

function paintChain({ context, picture, view, palette }: Frame): void {
  if (picture.chain.length === 0) return;
  context.strokeStyle = palette.chain;
  context.lineWidth = 5;
  context.lineCap = 'round';
  context.globalAlpha = 0.45;
  context.beginPath();
  for (const { x1, x2, lane1, lane2 } of picture.chain) {
    context.moveTo(x1, yOf(view, lane1));
    context.lineTo(x2, yOf(view, lane2));
  }
  context.stroke();
  context.globalAlpha = 1;
  context.lineCap = 'butt';
}
