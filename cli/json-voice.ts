import type { Voice } from './voice.ts';

/** One JSON object a line, for programs that follow a run. */
export function jsonVoice(line: (text: string) => void): Voice {
  const say = (event: string, fields: object): void => line(JSON.stringify({ event, ...fields }));
  return {
    start: (title) => say('start', { title }),
    problem: (severity, { file, place, message, advice }) => {
      const { line: row, column } = place ?? {};
      say('problem', { severity, file, line: row, column, message, advice });
    },
    phase: (text) => say('phase', { text }),
    progress: (progress) => say('progress', progress),
    notice: (text) => say('notice', { text }),
    error: ({ reason, message }) => say('error', { reason, message }),
    // The output itself goes to its file.
    output: () => {},
    end: (ended) => say('end', ended),
  };
}
