import { masksOf, noFilter } from '../picture/filter.ts';
import type { Filter, Masks } from '../picture/filter.ts';
import { sceneOf } from '../picture/scene.ts';
import type { Scene } from '../picture/scene.ts';
import type { AxisKind } from '../picture/warp.ts';
import type { PageData } from '../data.ts';

/** More branches than this and a fan-out is easier to read as one shape. */
const collapseFrom = 8;

export type Chosen =
  | { readonly sort: 'message'; readonly row: number }
  | { readonly sort: 'mark'; readonly row: number };

/** What the person has set. The diagram and the charts follow it. */
export class State {
  readonly data: PageData;
  scene: Scene;
  filter: Filter = noFilter;
  masks: Masks;
  collapse: boolean;
  chain = false;
  chosen: Chosen | undefined;
  readonly #listeners: (() => void)[] = [];

  constructor(data: PageData) {
    this.data = data;
    this.scene = sceneOf(data, 'folded');
    this.masks = masksOf(this.scene, noFilter);
    this.collapse = data.run.branches.length > collapseFrom;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  setAxis(kind: AxisKind): void {
    this.scene = sceneOf(this.data, kind);
    this.changed();
  }

  setFilter(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    this.masks = masksOf(this.scene, this.filter);
    this.changed();
  }

  choose(chosen: Chosen | undefined): void {
    this.chosen = chosen;
    this.changed();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
