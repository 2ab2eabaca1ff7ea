import type { Answer, OutputEntry } from '../bank/answer.ts';

export type OutputFormat = 'json' | 'lines' | 'assignment';

/** The text of the merged output, one line for each entry in every format. */
export function formatOutput(entries: readonly OutputEntry[], format: OutputFormat): string {
  switch (format) {
    case 'json':
      return entries.length === 0
        ? '[]\n'
        : `[\n${entries.map((entry) => `  ${asJson(entry)}`).join(',\n')}\n]\n`;
    case 'lines':
      return entries.map((entry) => `${asJson(entry)}\n`).join('');
    case 'assignment':
      return entries.map((entry) => `${asAssignment(entry)}\n`).join('');
  }
}

/** JSON with a blank behind each colon and comma, as people write it. */
function asJson({ id, recv }: OutputEntry): string {
  const answers = recv.map((answer) => {
    const fields = Object.entries(answer).map(
      ([key, value]) => `"${key}": ${JSON.stringify(value)}`,
    );
    return `{${fields.join(', ')}}`;
  });
  return `{"id": ${id}, "recv": [${answers.join(', ')}]}`;
}

/** The literal text of the assignment's expected output: `'result': 'balance': 400` and all. */
function asAssignment({ id, recv }: OutputEntry): string {
  return `{'id': ${id}, 'recv': [${recv.map(assignmentAnswer).join(', ')}]}`;
}

function assignmentAnswer(answer: Answer): string {
  const result = 'balance' in answer ? `'balance': ${answer.balance}` : `'${answer.result}'`;
  return `{'interface': '${answer.interface}', 'result': ${result}}`;
}
