/** The command line: parses, carries out one command, and leaves with its exit code. */
import { type Command, parseCommandLine } from './command-line.ts';
import type { ExitCode } from './exit-codes.ts';
import { helpText } from './help.ts';
import { tellOutside } from './inside.ts';
import { tallyVersion } from './project.ts';
import { openTerminal } from './terminal.ts';
import { openVoice } from './open-voice.ts';

async function main(words: readonly string[]): Promise<ExitCode> {
  if (process.platform === 'win32') {
    complain('Tally runs on Linux, and on macOS as best it can; on Windows use WSL');
    return 69;
  }
  const command = parseCommandLine(words);
  if ('reason' in command) {
    complain(command.message);
    return 64;
  }
  return carryOut(command);
}

/** Each command is loaded when it is asked for: a run must not wait for what it does not use. */
async function carryOut(command: Command): Promise<ExitCode> {
  switch (command.command) {
    case 'run':
      return (await import('./run.ts')).runCommand(command, openVoice(command.voice));
    case 'validate':
      return (await import('./validate.ts')).validateCommand(command, openVoice(command.voice));
    case 'check':
      return (await import('./check.ts')).checkCommand(command);
    case 'runs':
      return (await import('./runs.ts')).runsCommand(command);
    case 'open':
      return (await import('./open.ts')).openCommand(command);
    case 'clean':
      return (await import('./clean.ts')).cleanCommand();
    case 'monit':
      return (await import('./monit.ts')).monitCommand();
    case 'help':
      process.stdout.write(helpText(command.topic));
      return 0;
    case 'version':
      process.stdout.write(`tally ${tallyVersion()}\n`);
      return 0;
  }
}

function complain(message: string): void {
  const { line, style } = openTerminal(process.stderr);
  line(`${style('red', 'error:')} ${message}`);
}

/** Ends now, with everything said: pm2's client would wait for a dead daemon for ever. */
async function leave(code: ExitCode): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve));
  }
  await tellOutside({ type: 'tally:ended', exitCode: code });
  process.exit(code);
}

async function endAtBug(error: unknown): Promise<never> {
  complain(`this is a bug in Tally: ${error instanceof Error ? error.stack : String(error)}`);
  return leave(70);
}

// Also what goes wrong in an event that nobody waits for; the run's guard ends its processes.
process.on('uncaughtException', (error) => void endAtBug(error));
// A reader that has seen enough, such as `head`, is no trouble; what has to arrive tells otherwise.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
try {
  await leave(await main(process.argv.slice(2)));
} catch (error) {
  await endAtBug(error);
}
