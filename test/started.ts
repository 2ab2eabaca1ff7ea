/** A command that a test started, followed until it ends. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pid: number;
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves as soon as standard error contains the text; rejects if the run ends before. */
  readonly says: (text: string) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
}

export function follow(child: ChildProcessWithoutNullStreams): Started {
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of watchers) look();
  });
  // A child that ends without reading its input is no trouble.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!stderr.includes(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying "${text}":\n${stderr}`)));
    });
  const signal = (name: NodeJS.Signals): void => void child.kill(name);
  return { pid: child.pid ?? 0, child, ended, says, signal };
}
