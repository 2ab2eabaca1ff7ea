import uPlot from 'uplot';
import { curvesOf, rangeAt, samplePlaces, valuesAt } from '../picture/sample.ts';
import type { Curve } from '../picture/sample.ts';
import { ticksBetween } from '../picture/ticks.ts';
import type { View } from '../picture/view.ts';
import type { Warp } from '../picture/warp.ts';
import { count, exactly, moment } from '../picture/words.ts';
import { element } from './dom.ts';
import { font, gutter, margin } from './frame.ts';
import { palette } from './palette.ts';
import type { State } from './state.ts';

const height = 200;
const paperWidth = 680;
/** More curves than this cannot be told apart; then the range of all is drawn. */
const curvesMost = 6;

/** The balance of every replica over the part of the axis that the diagram shows. */
export class BalanceChart {
  readonly root = element(
    'div',
    { class: 'chart' },
    element(
      'p',
      { class: 'help' },
      'Along the same axis as the diagram. Where replicas agree, their curves lie on each other.',
    ),
  );
  readonly #state: State;
  #warp: Warp | undefined;
  #curves: readonly Curve[] = [];
  #plot: uPlot | undefined;
  #view: View | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  /** Follows the diagram. */
  follow(view: View): void {
    const { warp } = this.#state.scene;
    if (this.#warp !== warp) this.#curves = curvesOf(this.#state.data.balances, warp);
    if (this.#warp !== warp || !this.#plot) this.#make(view, warp);
    this.#view = view;
    this.#plot?.setSize({ width: view.width + gutter + margin, height });
    this.#plot?.setData(this.#dataOf(view));
  }

  /** Drawn anew with the colours of now, and for paper as wide as a page. */
  recolour(printed: boolean): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    const view = this.#view;
    if (!view) return;
    this.follow(printed ? { ...view, width: paperWidth - gutter - margin } : view);
    this.#view = view;
  }

  #dataOf(view: View): uPlot.AlignedData {
    const places = samplePlaces(this.#curves, view);
    if (this.#curves.length <= curvesMost)
      return [places, ...this.#curves.map((curve) => valuesAt(curve, places))];
    const { low, high } = rangeAt(this.#curves, places);
    return [places, high, low];
  }

  #make(view: View, warp: Warp): void {
    this.#plot?.destroy();
    this.#warp = warp;
    const colours = palette();
    const axis = { stroke: colours.faint, font, grid: { stroke: colours.line, width: 1 } };
    const options: uPlot.Options = {
      width: view.width + gutter + margin,
      height,
      padding: [10, margin, 0, 0],
      scales: { x: { time: false, range: () => this.#range() } },
      cursor: { drag: { x: false, y: false } },
      series: [
        { label: 'at', value: (_, position) => timeText(warp, position) },
        ...this.#series(),
      ],
      axes: [
        { ...axis, splits: () => this.#splits(), values: (_, splits) => this.#labels(splits) },
        { ...axis, size: gutter, values: (_, splits) => splits.map((value) => count(value)) },
      ],
      ...(this.#curves.length > curvesMost && {
        bands: [{ series: [1, 2], fill: `${colours.series[0] ?? ''}33` }],
      }),
    };
    this.#plot = new uPlot(options, this.#dataOf(view), this.root);
  }

  #range(): [number, number] {
    return [this.#view?.from ?? 0, this.#view?.to ?? this.#warp?.length ?? 1];
  }

  #splits(): number[] {
    const [from, to] = this.#range();
    const warp = this.#warp;
    return warp ? ticksBetween(warp, from, to, 8).map(({ position }) => position) : [];
  }

  #labels(splits: readonly number[]): string[] {
    return splits.map((position) => moment(Math.round(this.#warp?.time(position) ?? 0)));
  }

  /** Curves that agree lie on each other: the lower ones are wider, so that all are seen. */
  #series(): uPlot.Series[] {
    const { series: colours } = palette();
    const paths = uPlot.paths.stepped?.({ align: 1 });
    const common = { ...(paths && { paths }), points: { show: false } };
    if (this.#curves.length > curvesMost) {
      const stroke = colours[0] ?? '';
      const labels = ['highest replica', 'lowest replica'];
      return labels.map((label) => ({ ...common, label, value: balanceText, stroke, width: 1.5 }));
    }
    return this.#curves.map(({ lane }, index) => ({
      ...common,
      value: balanceText,
      label: this.#state.data.lanes[lane]?.name ?? '',
      stroke: colours[index % colours.length] ?? '',
      width: 2 + 2.5 * (this.#curves.length - 1 - index),
    }));
  }
}

const timeText = (warp: Warp, position: number | null): string =>
  position === null ? '–' : exactly(warp.time(position));

const balanceText = (_: uPlot, balance: number | null): string =>
  balance === null ? '–' : count(balance);
