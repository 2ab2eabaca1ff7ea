import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { D3ZoomEvent } from 'd3-zoom';
import type { View } from '../picture/view.ts';

/** Positions of the axis that fill the view at the deepest zoom: a few records side by side. */
const deepest = 4;
/** Pixels; from `readable` on, lanes have room for their names and labels. */
const laneHeights = { least: 3, readable: 22, most: 64 };

/**
 * Which part of the diagram is seen. d3-zoom turns wheel, drag, pinch and double click into a
 * transform; time follows its x and k, the lanes scroll by its y.
 */
export class Viewport {
  readonly #surface: HTMLElement;
  readonly #lanes: number;
  readonly #onMove: () => void;
  readonly #zoom = zoom<HTMLElement, unknown>();
  #length = 1;
  #width = 1;
  #height = 1;
  #top = 0;
  #laneHeight = 24;
  #lastY = 0;
  #lastK = 1;

  constructor(surface: HTMLElement, lanes: number, onMove: () => void) {
    this.#surface = surface;
    this.#lanes = lanes;
    this.#onMove = onMove;
    this.#zoom
      .filter((event: Event) => this.#takes(event))
      .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => this.#moved(event));
    select(surface).call(this.#zoom);
    surface.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  get view(): View {
    const { x, k } = zoomTransform(this.#surface);
    const scale = this.#length / this.#width / k;
    return {
      from: -x * scale,
      to: (this.#width - x) * scale,
      width: this.#width,
      height: this.#height,
      top: this.#top,
      laneHeight: this.#laneHeight,
    };
  }

  /** Fits the lanes and the whole axis, or keeps what is shown when only the size changed. */
  resize(width: number, height: number, length: number): void {
    const { from, to } = this.view;
    const keep = length === this.#length && this.#width > 1;
    this.#width = width;
    this.#height = height;
    this.#length = length;
    this.#zoom
      .extent([
        [0, 0],
        [width, height],
      ])
      .translateExtent([
        [0, -Infinity],
        [width, Infinity],
      ])
      .scaleExtent([1, Math.max(1, length / deepest)]);
    if (keep) this.show(from, to);
    else this.fit();
  }

  /** All lanes and the whole axis. */
  fit(): void {
    this.fitLanes();
    this.show(0, this.#length);
  }

  fitLanes(): void {
    this.#laneHeight = this.#within(this.#height / this.#lanes, laneHeights.least, 44);
    this.#top = 0;
  }

  show(from: number, to: number): void {
    const k = Math.min(this.#length / Math.max(1e-9, to - from), this.#length / deepest);
    const x = (-from / this.#length) * this.#width * Math.max(1, k);
    const transform = zoomIdentity.translate(x, 0).scale(Math.max(1, k));
    this.#zoom.transform(select(this.#surface), transform);
  }

  /** Brings a moment and its lane into the view, zooming in far enough to see single messages. */
  jump(position: number, lane: number, span: number): void {
    this.#laneHeight = Math.max(this.#laneHeight, laneHeights.readable);
    const { from, to, top, height } = this.view;
    const y = (lane + 0.5) * this.#laneHeight - top;
    if (y < this.#laneHeight || y > height - this.#laneHeight)
      this.#scrollTo((lane + 0.5) * this.#laneHeight - height / 2);
    const room = Math.min(to - from, span);
    const start = Math.min(Math.max(0, position - room / 2), Math.max(0, this.#length - room));
    this.show(start, start + room);
  }

  scale(factor: number): void {
    this.#zoom.scaleBy(select(this.#surface), factor);
  }

  pan(pixels: number): void {
    const { k } = zoomTransform(this.#surface);
    this.#zoom.translateBy(select(this.#surface), pixels / k, 0);
  }

  scroll(pixels: number): void {
    this.#scrollTo(this.#top + pixels);
    this.#onMove();
  }

  scaleLanes(factor: number): void {
    const middle = (this.#top + this.#height / 2) / this.#laneHeight;
    this.#laneHeight = this.#within(this.#laneHeight * factor, laneHeights.least, laneHeights.most);
    this.#scrollTo(middle * this.#laneHeight - this.#height / 2);
    this.#onMove();
  }

  #within(value: number, least: number, most: number): number {
    return Math.min(most, Math.max(least, value));
  }

  #scrollTo(top: number): void {
    const most = Math.max(0, this.#lanes * this.#laneHeight - this.#height);
    this.#top = this.#within(top, 0, most);
  }

  /** With shift the wheel scrolls the lanes; at the widest it is left to the page. */
  #takes(event: Event): boolean {
    if (event instanceof WheelEvent) {
      const widest = zoomTransform(this.#surface).k <= 1 && event.deltaY > 0;
      return !event.shiftKey && !widest && Math.abs(event.deltaY) >= Math.abs(event.deltaX);
    }
    return !(event instanceof MouseEvent && event.button !== 0);
  }

  #wheel(event: WheelEvent): void {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.shiftKey && !sideways) return;
    event.preventDefault();
    if (event.shiftKey) this.scroll(event.deltaY + event.deltaX);
    else this.pan(-event.deltaX);
  }

  #moved({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>): void {
    const dragged = Boolean(sourceEvent) && transform.k === this.#lastK;
    if (dragged) this.#scrollTo(this.#top - (transform.y - this.#lastY));
    this.#lastY = transform.y;
    this.#lastK = transform.k;
    this.#onMove();
  }
}
