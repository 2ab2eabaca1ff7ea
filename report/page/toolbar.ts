import { noFilter } from '../picture/filter.ts';
import { button, choice, element } from './dom.ts';
import type { State } from './state.ts';
import type { Viewport } from './viewport.ts';

interface Parts {
  readonly state: State;
  readonly viewport: () => Viewport;
  /** Goes to the next message that the filters let through, or with -1 to the one before. */
  readonly step: (direction: 1 | -1) => void;
}

/** Filters on the left, ways to move on the right. */
export function toolbar(parts: Parts): HTMLElement {
  return element(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Diagram controls' },
    element('div', { class: 'group' }, ...filters(parts)),
    element('div', { class: 'group' }, ...switches(parts.state)),
    element('div', { class: 'group joined' }, ...moves(parts)),
  );
}

function filters({ state, step }: Parts): HTMLElement[] {
  const { data } = state;
  const used = new Set(data.messages.interface);
  const interfaces = data.texts.filter((_, index) => used.has(index)).toSorted();
  const lanes = data.lanes.map(({ name }, lane) => [String(lane), name] as const);
  const search = field('Search', 'e.g. propagate', (text) => state.setFilter({ search: text }));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
  });
  const event = field('Event', 'e.g. 2 or 2.1', (text) => state.setFilter({ event: text }));
  const lane = choice('Branch or customer', [['', 'all'], ...lanes.slice(1)], (value) =>
    state.setFilter({ lane: value === '' ? undefined : Number(value) }),
  );
  const named = choice(
    'Interface',
    [['', 'all'], ...interfaces.map((name) => [name, name] as const)],
    (name) => state.setFilter({ interface: name }),
  );
  const clear = button('Clear', () => state.setFilter(noFilter), { hidden: true });
  state.onChange(() => {
    const { filter } = state;
    setValue(search, filter.search);
    setValue(event, filter.event);
    setValue(lane, filter.lane === undefined ? '' : String(filter.lane));
    setValue(named, filter.interface);
    clear.hidden = state.masks.shown === state.scene.messages.length;
  });
  return [search, event, lane, named, clear];
}

/** The filter may be set from elsewhere; what a person is typing is left alone. */
function setValue(label: HTMLLabelElement, value: string): void {
  const control = label.control;
  if (control === document.activeElement) return;
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
    control.value = value;
}

/** Typing pauses for a moment before a long history is searched. */
function field(label: string, hint: string, onText: (text: string) => void): HTMLLabelElement {
  const input = element('input', {
    type: 'search',
    placeholder: hint,
    autocomplete: 'off',
    'aria-label': label,
  });
  let waiting = 0;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => onText(input.value.trim()), 120);
  });
  return element('label', {}, element('span', {}, label), input);
}

/** A button that stays pressed. */
function toggle(label: string, on: boolean, onPress: (on: boolean) => void): HTMLButtonElement {
  const made = button(
    label,
    () => {
      const now = made.getAttribute('aria-pressed') !== 'true';
      made.setAttribute('aria-pressed', String(now));
      onPress(now);
    },
    { 'aria-pressed': String(on), title: hints[label] },
  );
  return made;
}

const hints: Readonly<Record<string, string>> = {
  'Fold idle time': 'Give every record room and shorten the time in which nothing happens',
  'Collapse fan-outs': 'Draw what one branch tells all others as one shape',
  'Critical chain': 'Mark the longest chain of what had to wait for each other',
};

function switches(state: State): HTMLElement[] {
  return [
    toggle('Fold idle time', true, (on) => state.setAxis(on ? 'folded' : 'even')),
    toggle('Collapse fan-outs', state.collapse, (on) => {
      state.collapse = on;
      state.changed();
    }),
    toggle('Critical chain', state.chain, (on) => {
      state.chain = on;
      state.changed();
    }),
  ];
}

const move = (label: string, title: string, onPress: () => void): HTMLButtonElement =>
  button(label, onPress, { 'aria-label': title, title });

function moves({ viewport, step }: Parts): HTMLElement[] {
  return [
    move('‹', 'Previous message', () => step(-1)),
    move('›', 'Next message', () => step(1)),
    move('−', 'Zoom out', () => viewport().scale(1 / 1.6)),
    move('+', 'Zoom in', () => viewport().scale(1.6)),
    move('↕', 'Taller lanes', () => viewport().scaleLanes(1.4)),
    move('↨', 'Flatter lanes', () => viewport().scaleLanes(1 / 1.4)),
    move('Fit', 'Show the whole run', () => viewport().fit()),
  ];
}
