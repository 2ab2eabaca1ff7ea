import { type Problem, problemParts } from '../input/problem.ts';
import type { Terminal } from './terminal.ts';
import type { Progress, Voice } from './voice.ts';

/** How often the live line is drawn, and how often a plain line tells how far a long run is. */
const drawMs = 250;
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
    output: (text) => {
      follow.end();
      process.stdout.write(text);
    },
    end: ({ lines }) => {
      follow.end();
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
  readonly end: () => void;
}

const follower = (terminal: Terminal): Follower =>
  terminal.isLive ? liveFollower(terminal) : plainFollower(terminal);

/** One line that is drawn again and again, so that it is seen to live. */
function liveFollower({ draw, clear }: Terminal): Follower {
  const startedMs = performance.now();
  let now = '';
  let latest: Progress | undefined;
  const redraw = (): void => {
    const seconds = (performance.now() - startedMs) / 1_000;
    const far = latest === undefined ? '' : ` · ${describe(latest, seconds)}`;
    draw(`  ${seconds.toFixed(0)} s · ${now}${far}`);
  };
  const timer = setInterval(redraw, drawMs).unref();
  return {
    phase: (text) => {
      now = text;
      redraw();
    },
    progress: (progress) => {
      latest = progress;
    },
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}

/** A line for each step, and now and then one that tells how far a long run is. */
function plainFollower({ line }: Terminal): Follower {
  const startedMs = performance.now();
  let lastMs = startedMs;
  return {
    phase: (text) => {
      line(`  ${text}`);
      lastMs = performance.now();
    },
    progress: (progress) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < plainMs) return;
      lastMs = nowMs;
      line(`  ${describe(progress, (nowMs - startedMs) / 1_000)}`);
    },
    end: () => {},
  };
}

function describe(progress: Progress, seconds: number): string {
  const { branches, branchesServing, visits, visitsDone, events, eventsDone, waitingFor } =
    progress;
  const percent = events === 0 ? 100 : Math.floor((eventsDone / events) * 100);
  const rate = Math.round(eventsDone / Math.max(seconds, 0.001));
  return [
    `${percent} %`,
    `${branchesServing} of ${branches} branches`,
    `customer ${Math.min(visitsDone + 1, visits)} of ${visits}`,
    `${eventsDone} of ${events} events`,
    `${rate}/s`,
    `waiting for ${waitingFor}`,
  ].join(' · ');
}
