import type { PageData } from '../data.ts';
import type { Picture } from '../picture/picture.ts';
import type { View } from '../picture/view.ts';
import type { Palette } from './palette.ts';
import type { Chosen } from './state.ts';

/** Everything that one frame is drawn from. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly data: PageData;
  readonly picture: Picture;
  readonly view: View;
  readonly palette: Palette;
  readonly chosen: Chosen | undefined;
}

/** Room for the lanes' names, left of the plot, and at its right end. */
export const gutter = 112;
export const margin = 20;
export const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

export function line(
  context: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
