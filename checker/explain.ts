import type { Evidence, Summary, Verdict, Violation } from './verdict.ts';
import { causeInWords, factsInWords, headlines, intervalInWords, subjectOf } from './words.ts';

/** The verdict in one line, as it stands at the end of every run. */
export function verdictLine(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'valid':
      return `valid: ${validInWords(verdict.summary)}`;
    case 'invalid': {
      const [first] = verdict.violations;
      const others = verdict.violations.length - 1 + verdict.more;
      const rest = others === 0 ? '' : ` (and ${others} more)`;
      const what = first ? `${headlines[first.kind]}: ${subjectOf(first)}` : 'a promise was broken';
      return `invalid: ${what}${rest}`;
    }
    case 'unknown':
      return `unknown: missing is ${listed(verdict.missing)}`;
  }
}

/** The verdict in prose: what was found, what it rests on, and what could not be checked. */
export function explain(verdict: Verdict): string {
  const { summary } = verdict;
  const told = verdict.verdict === 'invalid' ? verdict.violations : [];
  const more = verdict.verdict === 'invalid' ? verdict.more : 0;
  const missing = verdict.verdict === 'valid' ? [] : verdict.missing;
  return [
    verdictLine(verdict),
    ...told.flatMap((violation, place) => ['', ...violationInWords(violation, place + 1)]),
    ...(more > 0
      ? ['', `${count(more, 'more violation')} not shown; most follow from these.`]
      : []),
    ...(missing.length > 0 ? ['', 'Missing:', ...missing.map((what) => `  - ${what}`)] : []),
    '',
    ...scopeInWords(summary),
    `Repeat: ${verdict.command}`,
  ].join('\n');
}

function validInWords(summary: Summary): string {
  const { events, branches, unknownOutcomes, final, notChecked } = summary;
  const whole = final === undefined ? '' : `; ${finalInWords(summary)}`;
  const unknown =
    unknownOutcomes === 0 ? '' : `; ${count(unknownOutcomes, 'outcome')} unknown to the customer`;
  const answers = `${count(events, 'event')} answered as one account would${unknown}`;
  if (notChecked.length === 0) return `${answers}${whole}`;
  const names = notChecked.map(({ check }) => check);
  return `${answers}${branches === 0 ? '' : whole}; not checked: ${listed(names)}`;
}

function finalInWords({ branches, final, notChecked }: Summary): string {
  if (final === undefined) return '';
  const version = final.version === undefined ? '' : ` (version ${final.version})`;
  const compared = !notChecked.some(({ check }) => check === 'final replicas equal');
  if (!compared) return `the account ends at ${final.balance}`;
  const who = branches === 1 ? '1 replica ends' : `all ${branches} replicas end`;
  return `${who} at ${final.balance}${version}`;
}

function violationInWords(violation: Violation, number: number): string[] {
  const { kind, cause, process, operation, update, observed, expected, records } = violation;
  const interval = operation && intervalInWords(operation);
  return [
    `${number}. ${capitalized(headlines[kind])}.`,
    `   who       ${subjectOf(violation)}`,
    ...(interval === undefined ? [] : [`   when      ${interval}`]),
    `   observed  ${factsInWords(observed)}`,
    `   expected  ${factsInWords(expected)}`,
    `   cause     ${causeInWords(cause, update)}`,
    ...(operation?.process === process ? [] : [`   by        ${process}`]),
    ...(records.length === 0 ? [] : ['   shown by']),
    ...records.map((evidence) => `     ${evidenceInWords(evidence)}`),
  ];
}

/** "line 812  branch-2  apply {…}": the record without its stamp. */
function evidenceInWords({ line, record }: Evidence): string {
  const { process, life, wall: _, mono: __, clock: ___, kind, ...content } = record;
  const who = life === 0 ? process : `${process} (life ${life})`;
  return `line ${line}  ${who}  ${kind} ${JSON.stringify(content)}`;
}

function scopeInWords({ lines, checked, notChecked }: Summary): string[] {
  return [
    `Read ${count(lines, 'line')}.`,
    ...(checked.length === 0 ? [] : [`Checked: ${checked.join('; ')}.`]),
    ...notChecked.map(({ check, why }) => `Not checked: ${check}, because ${why}.`),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join('; ');
  return names.length > 3 ? `${shown}; and ${names.length - 3} more` : shown;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
