import type { PageData, PageVerdict, PageViolation } from '../data.ts';
import { count, duration, plural } from '../picture/words.ts';
import { button, element } from './dom.ts';

const verdicts = {
  valid: { sign: '✓', title: 'Valid', meaning: 'Every replica tallies.' },
  invalid: { sign: '✗', title: 'Invalid', meaning: 'This run broke a promise of the bank.' },
  unknown: { sign: '?', title: 'Unknown', meaning: 'This history does not prove it either way.' },
} as const;

/** The first few say it all; the others are there for who wants them. */
const violationsOpen = 3;

/** The verdict and what it is about; `onJump` shows a line of the history in the diagram. */
export function header(data: PageData, onJump: (line: number) => void): HTMLElement {
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
    violations(verdict, onJump),
    scope(verdict),
    facts(data),
    selectionNote(data),
  );
}

function violations(
  { violations: all, more }: PageVerdict,
  onJump: (line: number) => void,
): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  const items = all.map((violation) => violationItem(violation, onJump));
  const rest = items.slice(violationsOpen);
  return element(
    'div',
    { class: 'violations' },
    element('ol', { 'aria-label': 'Violations' }, ...items.slice(0, violationsOpen)),
    rest.length === 0
      ? undefined
      : element(
          'details',
          { class: 'rest' },
          element('summary', {}, plural(rest.length, 'more violation')),
          element('ol', { start: violationsOpen + 1 }, ...rest),
        ),
    more === 0
      ? undefined
      : element(
          'p',
          { class: 'note' },
          `${plural(more, 'more violation')} not told; most follow from these.`,
        ),
  );
}

/** What was broken, and the lines of the history that show it. */
function violationItem(
  { title, facts, evidence }: PageViolation,
  onJump: (line: number) => void,
): HTMLElement {
  const lines = evidence.map(({ line, text }) =>
    element(
      'li',
      {},
      button(`line ${line}`, () => onJump(line), { class: 'link', title: 'Show in the diagram' }),
      ` ${text}`,
    ),
  );
  const shownBy = element(
    'div',
    {},
    element('dt', {}, 'shown by'),
    element('dd', {}, element('ul', {}, ...lines)),
  );
  return element(
    'li',
    { class: 'violation' },
    element('h3', {}, title),
    element('dl', {}, ...facts.map(([term, text]) => definition(term, text)), shownBy),
  );
}

const definition = (term: string, text: string): HTMLElement =>
  element('div', {}, element('dt', {}, term), element('dd', {}, text));

/** What the verdict rests on. */
function scope({ checked, notChecked, missing, command }: PageVerdict): HTMLElement {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['Missing', missing],
    ['Not checked', notChecked],
    ['Checked', checked],
  ];
  return element(
    'details',
    { class: 'scope', open: missing.length > 0 },
    element('summary', {}, 'What this verdict rests on'),
    element(
      'dl',
      {},
      ...lists
        .filter(([, items]) => items.length > 0)
        .map(([term, items]) => definition(term, items.join('; '))),
      element(
        'div',
        {},
        element('dt', {}, 'Repeat'),
        element('dd', {}, element('code', {}, command)),
      ),
    ),
  );
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
    ['Started', new Date(run.startedAt).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')],
    ['Took', duration(run.duration)],
    ['Ended', end],
    ['Versions', Object.entries(run.versions).map(versionText).join(', ')],
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...entries.map(([term, text]) => definition(term, text)),
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
