import { verdictLine } from '../checker/explain.ts';
import type { Verdict, Violation } from '../checker/verdict.ts';
import {
  causeInWords,
  factsInWords,
  headlines,
  intervalInWords,
  subjectOf,
} from '../checker/words.ts';
import type { PageVerdict, PageViolation } from './data.ts';
import { describe } from './model/phases.ts';

/** The verdict as the page shows it. */
export function pageVerdict(verdict: Verdict): PageVerdict {
  const { summary, command } = verdict;
  const invalid = verdict.verdict === 'invalid';
  return {
    verdict: verdict.verdict,
    // The page has its own large word for the verdict itself.
    text: sentence(verdictLine(verdict).replace(/^\w+: /, '')),
    violations: invalid ? verdict.violations.map(pageViolation) : [],
    more: invalid ? verdict.more : 0,
    missing: verdict.verdict === 'valid' ? [] : verdict.missing,
    checked: summary.checked,
    notChecked: summary.notChecked.map(({ check, why }) => `${check}, because ${why}`),
    command,
  };
}

function pageViolation(violation: Violation): PageViolation {
  const { kind, cause, update, operation, observed, expected, process, records } = violation;
  const who = subjectOf(violation);
  const when = operation && intervalInWords(operation);
  return {
    title: sentence(headlines[kind]),
    facts: [
      ['who', who],
      ...(when === undefined ? [] : [['when', when] as const]),
      ['observed', factsInWords(observed)],
      ['expected', factsInWords(expected)],
      ['cause', causeInWords(cause, update)],
      ...(operation?.process === process || who === process
        ? []
        : [['shown at', process] as const]),
    ],
    evidence: records.map(({ line, record }) => ({ line, text: describe(record) })),
  };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
