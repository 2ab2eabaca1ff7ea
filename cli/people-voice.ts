import { type Problem, problemParts } from '../input/problem.ts';
import type { Terminal } from './terminal.ts';
import type { Progress, Voice } from './voice.ts';

/** How often the live line is drawn, and how often a plain line tells how far a long run is. */
const drawMs = 100;
const plainMs = 2_000;

export function peopleVoice(terminal: Terminal): Voice {
  const { line, style } = terminal;
  const follow = follower(terminal);
  return {
    start: (title) => line(style('bold', title)),
    problem: (severity, problem) => line(inColour(terminal, severity, problem)),
    phase: (text) => follow.phase(text),
    progress: (progress) => follow.progress(progress),
    notice: (text) => line(`  ${style('yellow', text)}`),
    error: ({ message }) => line(`${style('red', 'error:')} ${message}`),
    end: ({ lines }) => {
      for (const text of lines) line(text);
    },
  };
}

function inColour({ style }: Terminal, severity: 'error' | 'warning', problem: Problem): string {
  const mark = severity === 'error' ? 'red' : 'yellow';
  const styles = { place: 'bold', message: mark, source: 'dim', underline: mark } as const;
  const text = problemParts(problem).map((part) =>
    part.kind === 'advice' ? part.text : style(styles[part.kind], part.text),
  );
  return severity === 'warning' ? `${style(mark, 'warning:')} ${text.join('')}` : text.join('');
}

interface Follower {
  readonly phase: (text: string) => void;
  readonly progress: (progress: Progress) => void;
}

/** On a terminal one line that is drawn over; elsewhere a plain line now and then. */
function follower(terminal: Terminal): Follower {
  const { line, draw, style, isLive } = terminal;
  let lastMs = performance.now();
  const startedMs = lastMs;
  return {
    phase: (text) => {
      if (isLive) draw(style('dim', `  ${text} …`));
      else line(`  ${text}`);
      lastMs = performance.now();
    },
    progress: (progress) => {
      const now = performance.now();
      if (now - lastMs < (isLive ? drawMs : plainMs)) return;
      lastMs = now;
      const text = describe(progress, (now - startedMs) / 1_000);
      if (isLive) draw(`  ${text}`);
      else line(`  ${text}`);
    },
  };
}

function describe(progress: Progress, seconds: number): string {
  const { visits, visitsDone, events, eventsDone, atWork } = progress;
  const percent = events === 0 ? 100 : Math.floor((eventsDone / events) * 100);
  const rate = Math.round(eventsDone / Math.max(seconds, 0.001));
  return `${percent} % · ${eventsDone} of ${events} events · customer ${visitsDone + 1} of ${visits} · ${rate}/s · waiting for ${atWork}`;
}
