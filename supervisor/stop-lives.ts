import { limits } from '../bank/limits.ts';
import type { AppLife } from './app-life.ts';
import type { EngineFailure, LifeListener } from './engine.ts';
import { graceMs } from './slurm-app.ts';

/** Asks them to end, kills who does not within the grace; answers when all are over. */
export async function endLives(
  lives: readonly AppLife[],
  hear: LifeListener,
): Promise<EngineFailure | undefined> {
  const left = new Set(lives);
  const ends = lives.map((life) => life.over.then(() => left.delete(life)));
  for (const life of lives) life.signal('SIGINT');
  const longestMs = Math.max(0, ...lives.map(({ app }) => graceMs(app, limits.stopMs)));
  const timers = [
    setTimeout(() => tellStragglers([...left], hear), limits.patienceMs),
    setTimeout(() => {
      for (const life of left) life.signal('SIGKILL');
    }, longestMs),
  ];
  const all = Promise.all(ends).then(() => undefined);
  // What is on a node that is cut off is over when its lease is.
  const lastMs = longestMs + limits.stopMs + limits.leaseMs;
  const failure = await Promise.race([all, lateAfter(lastMs, left, timers)]);
  for (const timer of timers) clearTimeout(timer);
  return failure;
}

function lateAfter(
  withinMs: number,
  left: ReadonlySet<AppLife>,
  timers: NodeJS.Timeout[],
): Promise<EngineFailure> {
  return new Promise((resolve) => {
    timers.push(setTimeout(() => resolve(leftBehind([...left])), withinMs));
  });
}

function leftBehind(lives: readonly AppLife[]): EngineFailure {
  const names = lives.map(({ process, node }) => `${process} on ${node.name}`).join(', ');
  return {
    reason: 'left-behind',
    message: `these processes of the run could not be ended: ${names}; "scancel" of the job ends them`,
  };
}

function tellStragglers([first, ...more]: readonly AppLife[], hear: LifeListener): void {
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const text = `${first.process} on ${first.node.name}${others} still run ${limits.patienceMs} ms after the request to stop; who does not end is killed`;
  hear({ type: 'notice', text });
}
