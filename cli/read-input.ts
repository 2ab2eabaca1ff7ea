import fs from 'node:fs';
import type { Scenario } from '../bank/scenario.ts';
import type { RunCommand } from './command-line.ts';
import type { ExitCode } from './exit-codes.ts';
import { userPath } from './project.ts';
import type { Voice } from './voice.ts';

export async function readInput(
  command: RunCommand,
  _voice: Voice,
): Promise<{ ok: true; scenario: Scenario; text: string } | { ok: false; exitCode: ExitCode }> {
  const text = fs.readFileSync(command.input === '-' ? 0 : userPath(command.input), 'utf8');
  const list = JSON.parse(text);
  let entry = 0;
  return {
    ok: true,
    text,
    scenario: {
      branches: list.filter((x: any) => x.type === 'branch'),
      visits: list
        .filter((x: any) => x.type === 'customer')
        .map((x: any) => ({ entry: ++entry, customer: x.id, events: x.events })),
      faults: [],
    },
  };
}
