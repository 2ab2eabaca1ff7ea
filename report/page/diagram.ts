import { axisTop } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { hitAt } from '../picture/hit.ts';
import type { Hit } from '../picture/hit.ts';
import { pictureOf } from '../picture/picture.ts';
import type { Picture } from '../picture/picture.ts';
import { rangeOf } from '../picture/legs.ts';
import { ticksBetween } from '../picture/ticks.ts';
import type { View } from '../picture/view.ts';
import { moment } from '../picture/words.ts';
import { details } from './details.ts';
import { help, statusText, summary, tipText } from './diagram-words.ts';
import { element } from './dom.ts';
import { keys } from './keys.ts';
import { legend } from './legend.ts';
import type { Place } from './lines.ts';
import { gutter, margin } from './frame.ts';
import { paint } from './paint.ts';
import { palette } from './palette.ts';
import { printPicture } from './print-picture.ts';
import type { State } from './state.ts';
import { toolbar } from './toolbar.ts';
import { Viewport } from './viewport.ts';

const axisHeight = 26;
const heights = { least: 160, most: 620 };
const tickWidth = 120;

/** The space-time diagram: a canvas for the run, an axis above it, details beside it. */
export class Diagram {
  readonly root: HTMLElement;
  readonly viewport: Viewport;
  readonly #state: State;
  readonly #canvas = element('canvas', { 'aria-hidden': 'true' });
  readonly #axis = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  readonly #surface: HTMLElement;
  readonly #status = element('p', { class: 'status', role: 'status' });
  readonly #tip = element('div', { class: 'tip', hidden: true });
  readonly #side = element('div', { class: 'side' });
  readonly #paper = element('img', { class: 'print-picture', alt: '' });
  readonly #stage: HTMLElement;
  readonly #onView: (view: View) => void;
  #picture: Picture | undefined;
  #waiting = 0;
  /** What the stage was drawn for last, in CSS pixels. */
  #width = 0;

  /** `onView` is told what part of the axis is seen, so that other charts can follow. */
  constructor(state: State, onView: (view: View) => void) {
    this.#state = state;
    this.#onView = onView;
    this.#surface = element('div', { class: 'surface' });
    this.#stage = element(
      'div',
      {
        class: 'stage',
        tabindex: 0,
        role: 'application',
        'aria-label': summary(state),
        'aria-describedby': 'keys',
      },
      this.#canvas,
      this.#surface,
      this.#tip,
      this.#side,
    );
    this.#stage.prepend(this.#axis);
    this.#axis.setAttribute('class', 'axis');
    this.#axis.setAttribute('aria-hidden', 'true');
    this.viewport = new Viewport(this.#surface, state.data.lanes.length, () => this.#later());
    const controls = { viewport: this.viewport, step: this.step, close: () => this.#choose() };
    this.#stage.addEventListener('keydown', (event) => keys(event, controls));
    this.#listen();
    const bar = toolbar({ state, viewport: () => this.viewport, step: this.step });
    this.#paper.alt = summary(state);
    this.root = element(
      'div',
      { class: 'diagram' },
      bar,
      this.#stage,
      this.#paper,
      legend(),
      this.#status,
      help(),
    );
    state.onChange(() => this.#stateChanged());
    // The stage's height follows from its width, so that a drawing must not cause the next.
    const observer = new ResizeObserver(() => {
      if (this.#stage.clientWidth !== this.#width) this.#resize();
    });
    observer.observe(this.#stage);
  }

  /** Shows a place of the history, near enough to tell single messages. */
  jump({ time, lane, chosen }: Place): void {
    const { warp } = this.#state.scene;
    this.viewport.jump(warp.position(time), lane, Math.max(60, warp.length / 50));
    this.#choose(chosen);
    this.#stage.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: 'nearest' });
  }

  /** Shows all messages of one event and nothing else. */
  showEvent(entry: number, position: number): void {
    this.#state.setFilter({ event: `${entry}.${position}` });
    const { masks, scene } = this.#state;
    const range = rangeOf(scene, masks.messages);
    if (!range) return;
    this.viewport.fitLanes();
    const room = (range.to - range.from) / 8;
    this.viewport.show(range.from - room, range.to + room);
    this.root.scrollIntoView({ block: 'nearest' });
  }

  /** Chooses a message and brings it into the view. */
  show(row: number): void {
    const { messages, warp } = this.#state.scene;
    const { call, receive } = messages.times;
    const at = call[row] ?? Number.NaN;
    const time = Number.isNaN(at) ? (receive[row] ?? 0) : at;
    this.viewport.jump(warp.position(time), messages.from[row] ?? 0, warp.length);
    this.#choose({ sort: 'message', row });
  }

  /** Goes to the next or previous message that the filters let through. */
  readonly step = (direction: 1 | -1): void => {
    const { masks, chosen, scene } = this.#state;
    const start =
      chosen?.sort === 'message' ? chosen.row : direction === 1 ? -1 : scene.messages.length;
    for (let row = start + direction; row >= 0 && row < scene.messages.length; row += direction)
      if (masks.messages[row] === 1) return this.show(row);
  };

  /** Draws at once; frames that follow each other quickly are otherwise drawn together. */
  draw(): void {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    const { scene, masks, collapse, chain, data, chosen } = this.#state;
    const { view } = this.viewport;
    const started = performance.now();
    const picture = pictureOf(scene, view, { masks, collapse, chain });
    this.#picture = picture;
    const context = this.#canvas.getContext('2d');
    if (!context) return;
    const ratio = this.#canvas.width / Math.max(1, this.#canvas.clientWidth);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint({ context, data, picture, view, palette: palette(), chosen });
    this.#drawAxis(view);
    this.#status.textContent = statusText(picture, this.#state);
    this.#stage.dataset['shapes'] = String(picture.shapes);
    this.#stage.dataset['level'] = picture.level;
    this.#stage.dataset['paintMs'] = (performance.now() - started).toFixed(1);
    this.#onView(view);
  }

  /** Replaces the canvas by a picture for paper. */
  print(): void {
    this.#paper.src = printPicture(this.#state, this.viewport.view);
  }

  #later(): void {
    if (this.#waiting === 0) this.#waiting = requestAnimationFrame(() => this.draw());
  }

  #stateChanged(): void {
    const { chosen, data } = this.#state;
    this.#side.replaceChildren(...(chosen ? [details(data, chosen, () => this.#choose())] : []));
    this.#resize();
  }

  #choose(chosen?: Exclude<State['chosen'], undefined>): void {
    this.#state.choose(chosen);
  }

  #resize(): void {
    const width = this.#stage.clientWidth;
    // On paper a picture stands in for the stage.
    if (width === 0) return;
    this.#width = width;
    const lanes = this.#state.data.lanes.length;
    const height = Math.min(heights.most, Math.max(heights.least, lanes * 40));
    const ratio = window.devicePixelRatio;
    this.#canvas.style.height = `${height}px`;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== pixelWidth || this.#canvas.height !== pixelHeight) {
      this.#canvas.width = pixelWidth;
      this.#canvas.height = pixelHeight;
    }
    const plot = Math.max(50, width - gutter - margin);
    Object.assign(this.#surface.style, {
      left: `${gutter}px`,
      top: `${axisHeight}px`,
      width: `${plot}px`,
      height: `${height}px`,
    });
    this.#axis.setAttribute('width', String(width));
    this.#axis.setAttribute('height', String(axisHeight));
    this.viewport.resize(plot, height, this.#state.scene.warp.length);
    this.draw();
  }

  #drawAxis(view: View): void {
    const { warp } = this.#state.scene;
    const scale = scaleLinear([view.from, view.to], [gutter, gutter + view.width]);
    const ticks = ticksBetween(
      warp,
      view.from,
      view.to,
      Math.max(2, Math.floor(view.width / tickWidth)),
    );
    const labels = new Map(ticks.map(({ position, time }) => [position, moment(time)]));
    const axis = axisTop<number>(scale)
      .tickValues([...labels.keys()])
      .tickFormat((position) => labels.get(position) ?? '')
      .tickSizeOuter(0);
    const group = select(this.#axis).selectAll<SVGGElement, null>('g.ticks').data([null]).join('g');
    group.attr('class', 'ticks').attr('transform', `translate(0,${axisHeight - 1})`);
    axis(group);
  }

  #listen(): void {
    this.#surface.addEventListener('click', (event) => {
      const hit = this.#hit(event);
      if (hit?.sort === 'message' || hit?.sort === 'mark') this.#choose(hit);
      else if (this.#state.chosen) this.#choose();
    });
    this.#surface.addEventListener('pointermove', (event) => this.#hover(event));
    this.#surface.addEventListener('pointerleave', () => this.#tip.setAttribute('hidden', ''));
  }

  #hit(event: MouseEvent): Hit | undefined {
    const { left, top } = this.#surface.getBoundingClientRect();
    if (!this.#picture) return undefined;
    return hitAt(this.#picture, this.viewport.view, event.clientX - left, event.clientY - top);
  }

  #hover(event: PointerEvent): void {
    const hit = event.buttons === 0 ? this.#hit(event) : undefined;
    this.#surface.style.cursor = hit && hit.sort !== 'band' ? 'pointer' : '';
    this.#tip.hidden = !hit;
    if (!hit) return;
    this.#tip.textContent = tipText(this.#state, hit);
    const { left, top, width } = this.#stage.getBoundingClientRect();
    const x = Math.min(event.clientX - left + 14, width - this.#tip.offsetWidth - 8);
    this.#tip.style.transform = `translate(${x}px, ${event.clientY - top + 16}px)`;
  }
}
