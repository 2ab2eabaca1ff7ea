import { exitCode } from './exit.ts';
import { printTrouble } from './print.ts';

/**
 * Ends the process at an error that nobody expected, with its message and stack alone: Node would
 * print the line of the bundle as well, and that line is the whole bundle.
 */
export function endAtBug(process: NodeJS.Process, name: string): void {
  // A promise that is rejected without a handler arrives here too.
  process.on('uncaughtException', (error: unknown) => {
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    printTrouble(`${name} ends at an error that nobody expected: ${story}`);
    process.exit(exitCode.bug);
  });
}
