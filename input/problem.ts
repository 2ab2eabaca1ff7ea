/** One thing that is wrong with a file, ready to be shown: where, what, and what to write instead. */
export interface Problem {
  /** The file as the user named it. */
  readonly file: string;
  /** Where it is; absent when the problem is the file itself. */
  readonly place?: Place;
  /** What is wrong, and with whom. */
  readonly message: string;
  /** What to write or do instead, a sentence. */
  readonly advice: string;
}

export interface Place {
  /** Both count from 1; the column counts UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The line of the file, cut around the place when it is long, free of control characters. */
  readonly source: string;
  /** What is underlined: how many characters of `source` stand before it, and how many it has. */
  readonly underlineFrom: number;
  readonly underlineLength: number;
}

/** A piece of a described problem, so that a terminal may give each kind its colour. */
export interface ProblemPart {
  readonly kind: 'place' | 'message' | 'source' | 'underline' | 'advice';
  readonly text: string;
}

/** The whole description: the texts of the parts, one after the other. Ends without a line break. */
export function problemParts(problem: Problem): readonly ProblemPart[] {
  const { file, place, message, advice } = problem;
  const at = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  return [
    { kind: 'place', text: `${at}: ` },
    { kind: 'message', text: message },
    ...(place === undefined ? [] : excerptParts(place)),
    { kind: 'advice', text: `\n    ${advice}` },
  ];
}

/** The offending line, underlined:
 *
 *       7 |   "events": [{ "id": 2, "mony": 170 }]
 *         |                         ^^^^^^
 */
function excerptParts(place: Place): readonly ProblemPart[] {
  const number = String(place.line);
  const margin = ' '.repeat(number.length);
  const marks = ' '.repeat(place.underlineFrom) + '^'.repeat(place.underlineLength);
  return [
    { kind: 'source', text: `\n    ${number} | ${place.source}`.trimEnd() },
    { kind: 'underline', text: `\n    ${margin} | ${marks}` },
  ];
}

/** The description as plain text, several lines. */
export const describeProblem = (problem: Problem): string =>
  problemParts(problem)
    .map(({ text }) => text)
    .join('');
