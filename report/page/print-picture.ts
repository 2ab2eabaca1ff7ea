import { pictureOf } from '../picture/picture.ts';
import { ticksBetween } from '../picture/ticks.ts';
import type { View } from '../picture/view.ts';
import { moment } from '../picture/words.ts';
import { font, gutter, margin } from './frame.ts';
import { paint } from './paint.ts';
import { palette } from './palette.ts';
import type { State } from './state.ts';

const width = 1_200;
const axisHeight = 24;
/** More than this would not fit on a page. */
const heightMost = 1_400;
/** Paper shows finer detail than a screen. */
const sharpness = 2;

/** The diagram as a picture for paper: what the screen shows of the time, with all its lanes. */
export function printPicture(state: State, seen: View): string {
  const { scene, masks, collapse, chain, data } = state;
  const laneHeight = Math.min(34, heightMost / data.lanes.length);
  const height = Math.ceil(laneHeight * data.lanes.length);
  const plot = width - gutter - margin;
  const view: View = { from: seen.from, to: seen.to, width: plot, height, top: 0, laneHeight };
  const canvas = document.createElement('canvas');
  canvas.width = width * sharpness;
  canvas.height = (height + axisHeight) * sharpness;
  const context = canvas.getContext('2d');
  if (!context) return '';
  const picture = pictureOf(scene, view, { masks, collapse, chain });
  const colours = palette();
  context.setTransform(sharpness, 0, 0, sharpness, 0, axisHeight * sharpness);
  paint({ context, data, picture, view, palette: colours, chosen: undefined });
  context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  context.fillStyle = colours.faint;
  context.font = font;
  context.textAlign = 'center';
  for (const { position, time } of ticksBetween(scene.warp, view.from, view.to, 8)) {
    const x = gutter + ((position - view.from) / (view.to - view.from)) * plot;
    context.fillText(moment(time), x, axisHeight / 2);
  }
  return canvas.toDataURL('image/png');
}
