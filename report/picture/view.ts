/** The part of the diagram that is on the screen. Positions are the axis's, the rest is pixels. */
export interface View {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
  /** How far the lanes are scrolled. */
  readonly top: number;
  readonly laneHeight: number;
}

export const xOf = (view: View, position: number): number =>
  ((position - view.from) / (view.to - view.from)) * view.width;

/** The middle of a lane. */
export const yOf = (view: View, lane: number): number => (lane + 0.5) * view.laneHeight - view.top;

export const firstLane = (view: View): number => Math.floor(view.top / view.laneHeight);
export const lastLane = (view: View): number =>
  Math.ceil((view.top + view.height) / view.laneHeight) - 1;

/**
 * The most shapes of one sort that a view is given: enough to fill it, however long the history.
 * One for every 15 by 15 pixels is as dense as a picture can be read.
 */
export const shapesMost = (view: View): number =>
  Math.max(200, Math.round((view.width * view.height) / 225));

/** Width of the columns that shapes are gathered in when there are more than that. */
export function columnWidth(view: View): number {
  const lanes = lastLane(view) - firstLane(view) + 1;
  return Math.max(4, (lanes * view.width) / shapesMost(view));
}
