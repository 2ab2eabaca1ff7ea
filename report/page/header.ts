import type { PageData, PageViolation } from '../data.ts';
import { count, duration, plural } from '../picture/words.ts';
import { button, element } from './dom.ts';

const verdicts = {
  valid: { sign: '✓', title: 'Valid', meaning: 'Every replica tallies.' },
  invalid: { sign: '✗', title: 'Invalid', meaning: 'This run broke a promise of the bank.' },
  unknown: { sign: '?', title: 'Unknown', meaning: 'This history does not prove it either way.' },
} as const;

/** The verdict and what it is about; `onJump` shows a line of the history in the diagram. */
export function header(data: PageData, onJump: (violation: PageViolation) => void): HTMLElement {
  const { verdict, run } = data;
  const { sign, title, meaning } = verdicts[verdict.verdict];
  return element(
    'header',
    {},
    element('p', { class: 'brand' }, element('b', {}, 'Tally'), ` report of run ${run.runId}`),
    element(
      'div',
      { class: `verdict ${verdict.verdict}` },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
      element('h1', {}, `${title}. `, element('span', {}, meaning)),
      element('p', {}, verdict.text),
    ),
    violations(verdict.violations, onJump),
    facts(data),
    selectionNote(data),
  );
}

function violations(
  all: readonly PageViolation[],
  onJump: (violation: PageViolation) => void,
): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  const items = all.map((violation) =>
    element(
      'li',
      {},
      element('h3', {}, violation.title),
      element('p', { class: 'prose' }, violation.text),
      button('Show in the diagram', () => onJump(violation)),
    ),
  );
  return element('ol', { class: 'violations', 'aria-label': 'Violations' }, ...items);
}

function facts({ run, counts }: PageData): HTMLElement {
  const balances = [...new Set(run.branches.map(({ balance }) => count(balance)))].join(', ');
  const end = run.end
    ? `exit code ${run.end.exitCode}: ${run.end.reason}`
    : 'no end in the history: in progress or cut short';
  const entries: readonly (readonly [string, string])[] = [
    ['Input', run.input],
    ['Branches', `${count(run.branches.length)}, each starting with ${balances}`],
    ['Visits', `${plural(run.visits, 'visit')} by ${plural(run.customers, 'customer')}`],
    ['Events', `${count(counts.events)} answered`],
    ['Messages', count(counts.messages)],
    ['Started', new Date(run.startedAt).toISOString().replace('T', ' ').replace('Z', ' UTC')],
    ['Took', duration(run.duration)],
    ['Ended', end],
    ['Versions', Object.entries(run.versions).map(versionText).join(', ')],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...entries.map(([term, text]) =>
      element('div', {}, element('dt', {}, term), element('dd', {}, text)),
    ),
  );
}

/** "node 20.20.2"; an engine names itself. */
const versionText = ([name, version]: readonly [string, string]): string =>
  name === 'engine' ? version : `${name} ${version}`;

function selectionNote({ selection, counts }: PageData): HTMLElement | undefined {
  const notes: string[] = [];
  if (selection) {
    const ranges = selection.windows.map(({ first, last }) => `${count(first)}–${count(last)}`);
    notes.push(
      `This history has ${count(selection.lines)} lines, more than a page can hold. Diagram and ` +
        `table show lines ${ranges.join(', ')}; verdict, balances, latencies and times are of all.`,
    );
  }
  if (counts.unreadable > 0) {
    const lines = plural(counts.unreadable, 'line');
    notes.push(`${lines} of the history could not be read: the run was cut short while writing.`);
  }
  if (notes.length === 0) return undefined;
  return element('p', { class: 'note', role: 'note' }, notes.join(' '));
}
