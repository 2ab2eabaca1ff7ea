import type { EventColumn, PageData } from '../data.ts';
import { count, plural } from '../picture/words.ts';
import { button, element } from './dom.ts';
import { cellsOf, heads, sortKey } from './event-cells.ts';
import type { Head } from './event-cells.ts';

const rowHeight = 30;
const rowsInView = 16;
/** Rows above and below the view, so that a fast scroll does not show a gap. */
const spare = 8;
/** Paper cannot be scrolled; beyond this many rows the printed table says how many are missing. */
const printedRows = 400;

/** All events with their answers; only the rows in view are in the document. */
export class EventsTable {
  readonly root: HTMLElement;
  readonly #data: PageData;
  readonly #body = element('tbody');
  readonly #scroller = element('div', {
    class: 'scroller',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Events and their answers',
  });
  readonly #status = element('p', { class: 'status', role: 'status' });
  readonly #headCells: HTMLElement[];
  readonly #onShow: (entry: number, position: number) => void;
  #rows: number[];
  #sorted: { readonly column: EventColumn; readonly down: boolean } = { column: 'at', down: false };
  #words: readonly string[] = [];

  constructor(data: PageData, onShow: (entry: number, position: number) => void) {
    this.#data = data;
    this.#onShow = onShow;
    this.#rows = data.events.at.map((_, row) => row);
    this.#headCells = heads.map((head) => this.#headCell(head));
    const table = element(
      'table',
      { class: 'numbers events' },
      element('caption', {}, 'Events and their answers'),
      element('thead', {}, element('tr', {}, ...this.#headCells)),
      this.#body,
    );
    this.#scroller.append(table);
    this.#scroller.style.maxHeight = `${(rowsInView + 2) * rowHeight}px`;
    this.#scroller.addEventListener('scroll', () => this.#draw());
    const search = element('input', { type: 'search', placeholder: 'e.g. withdraw fail' });
    search.addEventListener('input', () => this.#find(search.value));
    const filter = element('label', {}, element('span', {}, 'Find in the table'), search);
    this.root = element(
      'div',
      {},
      element('div', { class: 'toolbar' }, filter),
      this.#scroller,
      this.#status,
    );
    this.#arrange();
  }

  /** On paper as many rows as are sensible; on the screen those in view. */
  draw(printed: boolean): void {
    if (printed) this.#fill(0, Math.min(printedRows, this.#rows.length));
    else this.#draw();
  }

  #headCell({ text, column }: Head): HTMLElement {
    const press = button(text, () => this.#sort(column), { class: 'sort' });
    return element('th', { scope: 'col', 'aria-sort': 'none' }, press);
  }

  #sort(column: EventColumn): void {
    const down = this.#sorted.column === column && !this.#sorted.down;
    this.#sorted = { column, down };
    this.#arrange();
  }

  #find(text: string): void {
    this.#words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    this.#arrange();
  }

  #arrange(): void {
    const { column, down } = this.#sorted;
    const key = sortKey(this.#data, column);
    const compare = (a: number, b: number): number => {
      const [left, right] = [key(a), key(b)];
      return left < right ? -1 : left > right ? 1 : a - b;
    };
    const all = this.#data.events.at.map((_, row) => row);
    this.#rows = all
      .filter((row) => this.#words.every((word) => this.#textOf(row).includes(word)))
      .toSorted((a, b) => (down ? compare(b, a) : compare(a, b)));
    for (const [index, head] of heads.entries()) {
      const order = head.column !== column ? 'none' : down ? 'descending' : 'ascending';
      this.#headCells[index]?.setAttribute('aria-sort', order);
    }
    this.#scroller.scrollTop = 0;
    const found = `${count(this.#rows.length)} of ${plural(all.length, 'event')}`;
    this.#status.textContent = this.#words.length > 0 ? `${found} match.` : `${found}.`;
    this.#draw();
  }

  #textOf(row: number): string {
    return cellsOf(this.#data, row).join(' ').toLowerCase();
  }

  #draw(): void {
    const first = Math.max(0, Math.floor(this.#scroller.scrollTop / rowHeight) - spare);
    this.#fill(first, Math.min(this.#rows.length, first + rowsInView + 2 * spare));
  }

  /** The rows from `first` to before `end`, between two empty rows as high as all the others. */
  #fill(first: number, end: number): void {
    const rows = this.#rows.slice(first, end).map((row, index) => this.#row(row, first + index));
    const below = (this.#rows.length - end) * rowHeight;
    this.#body.replaceChildren(gap(first * rowHeight), ...rows, gap(below));
    this.#body.parentElement?.setAttribute('aria-rowcount', String(this.#rows.length + 1));
  }

  #row(row: number, index: number): HTMLElement {
    const { events } = this.#data;
    const [entry, position] = [events.entry[row] ?? 0, events.position[row] ?? 0];
    const cells = cellsOf(this.#data, row).map((text, cell) => {
      const shown =
        cell === 2
          ? button(text, () => this.#onShow(entry, position), {
              class: 'link',
              'aria-label': `Show event ${position} of visit ${entry} in the diagram`,
            })
          : text;
      return element('td', {}, shown);
    });
    return element('tr', { 'aria-rowindex': index + 2 }, ...cells);
  }
}

function gap(height: number): HTMLElement {
  const made = element('tr', { class: 'gap', 'aria-hidden': 'true' });
  made.style.height = `${height}px`;
  return made;
}
