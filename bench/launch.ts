import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';

/** No process of a measurement lives longer: then something hangs. */
const withinMs = 15 * 60 * 1_000;

const living = new Set<ChildProcess>();

/** Starts a program that ends when this process is interrupted. */
export function launch(
  program: string,
  parameters: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const child = spawn(program, parameters, { ...options, timeout: withinMs });
  living.add(child);
  child.once('close', () => living.delete(child));
  return child;
}

/** Ends everything that was launched when this process is told to end, and then this process. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      for (const child of living) child.kill('SIGINT');
      process.exitCode = 130;
      void Promise.all([...living].map((child) => new Promise((end) => child.once('close', end))))
        // Whoever waits for what was interrupted would go on with the next measurement.
        .finally(() => process.exit());
    });
}
