import type { Document } from './document.ts';
import type { Finding } from './finding.ts';
import type { Flaw } from './flaw.ts';
import type { Source } from './source.ts';

/** Finds the places of findings in the text, in two passes over it however many they are. */
export function placed(
  document: Document,
  source: Source,
  findings: readonly Finding[],
): readonly Flaw[] {
  if (findings.length === 0) return [];
  const spots = document.locate(findings);
  const firsts = document.locate(
    findings.map(({ path, first }) => ({ path: first ?? path, part: 'value' })),
  );
  return findings.map(({ message, advice, first }, index) => {
    const { start, end } = spots[index] ?? { start: 0, end: 0 };
    const line = source.lineOf(firsts[index]?.start ?? 0);
    return {
      start,
      end,
      advice,
      message: first ? `${message} (the first: line ${line})` : message,
    };
  });
}
