import type { VoiceKind } from './command-line.ts';
import { jsonVoice } from './json-voice.ts';
import { peopleVoice } from './people-voice.ts';
import { openTerminal } from './terminal.ts';
import type { Voice } from './voice.ts';

/** Who listens decides the form; all of them listen to standard error. */
export function openVoice(kind: VoiceKind): Voice {
  const terminal = openTerminal(process.stderr);
  switch (kind) {
    case 'people':
      return peopleVoice(terminal);
    case 'json':
      return jsonVoice((line) => terminal.line(line));
    case 'quiet': {
      const people = peopleVoice(terminal);
      const problem: Voice['problem'] = (severity, found) => {
        if (severity === 'error') people.problem(severity, found);
      };
      return { ...silent, problem, error: people.error };
    }
  }
}

const nothing = (): void => {};

const silent: Voice = {
  start: nothing,
  problem: nothing,
  phase: nothing,
  progress: nothing,
  notice: nothing,
  error: nothing,
  output: nothing,
  end: nothing,
};
