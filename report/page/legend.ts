import { element } from './dom.ts';

/** What the diagram's lines and shapes mean. Drawn as small pictures of the same shapes. */
export function legend(): HTMLElement {
  const items = entries.map(([drawing, text]) => {
    const item = element('li', {}, element('span', { class: 'key', 'aria-hidden': 'true' }), text);
    const key = item.firstElementChild;
    if (key) key.innerHTML = `<svg viewBox="0 0 26 14" width="26" height="14">${drawing}</svg>`;
    return item;
  });
  return element('ul', { class: 'legend', 'aria-label': 'Legend' }, ...items);
}

const arrow = (name: string): string =>
  `<path d="M1 7H19" stroke="var(--${name})" stroke-width="1.6"/>` +
  `<path d="M25 7l-7-3v6z" fill="var(--${name})"/>`;

/** Fixed drawings: nothing of a history is among them. */
const entries: readonly (readonly [drawing: string, text: string])[] = [
  [arrow('query'), 'query'],
  [arrow('deposit'), 'deposit'],
  [arrow('withdraw'), 'withdraw'],
  [arrow('decide'), 'decide'],
  [arrow('other'), 'ask, recover, settle'],
  ['<path d="M1 7H25" stroke="var(--ink)" stroke-dasharray="4 3"/>', 'answer'],
  [
    '<path d="M1 7L25 1V13Z" fill="var(--deposit)" fill-opacity=".2" stroke="var(--deposit)"/>',
    'fan-out',
  ],
  [
    '<path d="M9 3l8 8M9 11l8-8" stroke="var(--bad)" stroke-width="1.6"/>',
    'lost, failed, refused or dropped',
  ],
  ['<circle cx="13" cy="7" r="4" fill="none" stroke="var(--ink)" stroke-width="1.4"/>', 'prepare'],
  ['<circle cx="13" cy="7" r="4.5" fill="var(--ink)"/>', 'apply'],
  ['<path d="M13 1l6 6-6 6-6-6z" fill="var(--decide)"/>', 'commit'],
  ['<path d="M13 1l6 6-6 6-6-6z" fill="none" stroke="var(--decide)"/>', 'abort'],
  ['<rect x="9" y="3" width="8" height="8" fill="var(--ink)"/>', 'outcome'],
  ['<path d="M9 3l8 4-8 4z" fill="var(--faint)"/>', 'replay, recover'],
  ['<path d="M1 11l6-8M7 11l6-8M13 11l6-8M19 11l6-8" stroke="var(--faint)"/>', 'process starts'],
  [
    '<rect x="1" y="1" width="24" height="12" fill="var(--bad)" fill-opacity=".2"/>' +
      '<path d="M1 13l8-12M9 13l8-12M17 13l8-12" stroke="var(--bad)" stroke-opacity=".6"/>',
    'down',
  ],
  ['<path d="M15 0l-6 8h4l-2 6 6-8h-4z" fill="var(--bad)"/>', 'fault'],
];
