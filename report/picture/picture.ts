import type { Masks } from './filter.ts';
import { pickBands, pickChain, pickMarks } from './pick-marks.ts';
import type { Box, ChainLine, Dot } from './pick-marks.ts';
import { pickMessages } from './pick-messages.ts';
import type { MessagePicture } from './pick-messages.ts';
import type { Scene } from './scene.ts';
import type { View } from './view.ts';

/** Every shape of one frame of the diagram, in pixels. */
export interface Picture extends MessagePicture {
  readonly dots: readonly Dot[];
  readonly hiddenMarks: number;
  readonly boxes: readonly Box[];
  readonly chain: readonly ChainLine[];
  /** How many shapes there are in all. */
  readonly shapes: number;
}

export interface Wish {
  readonly masks: Masks;
  readonly collapse: boolean;
  readonly chain: boolean;
}

/** What to draw of a scene in a view. */
export function pictureOf(scene: Scene, view: View, wish: Wish): Picture {
  const choice = { mask: wish.masks.messages, collapse: wish.collapse };
  const messages = pickMessages(scene, view, choice);
  const { dots, hidden } = pickMarks(scene, view, wish.masks.marks);
  const boxes = pickBands(scene, view);
  const chain = wish.chain ? pickChain(scene, view) : [];
  const { arrows, fans, tiles } = messages;
  const shapes = [arrows, fans, tiles, dots, boxes, chain];
  return {
    ...messages,
    dots,
    hiddenMarks: hidden,
    boxes,
    chain,
    shapes: shapes.reduce((sum, { length }) => sum + length, 0),
  };
}
