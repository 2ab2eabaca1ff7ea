import type { Viewport } from './viewport.ts';

export interface Controls {
  readonly viewport: Viewport;
  readonly step: (direction: 1 | -1) => void;
  readonly close: () => void;
}

const panPixels = 120;
const scrollPixels = 60;

/** What each key does while the diagram has the focus. */
const actions: Readonly<Record<string, (controls: Controls) => void>> = {
  ArrowLeft: ({ viewport }) => viewport.pan(panPixels),
  ArrowRight: ({ viewport }) => viewport.pan(-panPixels),
  ArrowUp: ({ viewport }) => viewport.scroll(-scrollPixels),
  ArrowDown: ({ viewport }) => viewport.scroll(scrollPixels),
  '+': ({ viewport }) => viewport.scale(1.6),
  '=': ({ viewport }) => viewport.scale(1.6),
  '-': ({ viewport }) => viewport.scale(1 / 1.6),
  '0': ({ viewport }) => viewport.fit(),
  Home: ({ viewport }) => viewport.fit(),
  n: ({ step }) => step(1),
  p: ({ step }) => step(-1),
  Escape: ({ close }) => close(),
};

export function keys(event: KeyboardEvent, controls: Controls): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action(controls);
}
