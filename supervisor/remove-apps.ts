import { limits } from '../bank/limits.ts';
import type { Pm2 } from './pm2.ts';

/** pm2 opens log files before it starts a process, and lists it only then. */
const lookMs = 50;

/**
 * Removes every app of a run from pm2. A start or restart that is under way brings an app back, so
 * none must be seen at `looks` looks in a row: one is enough where nothing can be under way.
 */
export async function removeApps(pm2: Pm2, runId: string, looks: number): Promise<void> {
  const until = performance.now() + limits.stopMs;
  for (let seenNone = 0; seenNone < looks && performance.now() < until;) {
    const apps = (await pm2.list()).filter((app) => app.pm2_env.namespace === runId);
    if (apps.length > 0) await pm2.delete(runId, apps.length);
    seenNone = apps.length > 0 ? 0 : seenNone + 1;
    if (seenNone < looks && seenNone > 0) {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }
}
