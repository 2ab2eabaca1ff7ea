// Measures the checker on a long history against reading and parsing the same file:
//   npx tsc && node dist/test/test/checker-cost.js 1000000
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkHistory } from '../checker/check.ts';
import { verdictLine } from '../checker/explain.ts';
import { writeLongRun } from './checker-long-run.ts';

const chunkBytes = 1024 * 1024;
const newline = 0x0a;

async function main(events: number): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-cost-'));
  try {
    const file = path.join(folder, 'history.jsonl');
    const lines = writeSample(file, events);
    const megabytes = Math.round(fs.statSync(file).size / 1e6);
    const floor = await seconds(() => parseOnly(file));
    const check = await seconds(async () => console.log(verdictLine(await checkHistory(file))));
    const { maxRSS } = process.resourceUsage();
    console.log(`${events} events, ${lines} lines, ${megabytes} MB`);
    console.log(`read and parse  ${floor.toFixed(2)} s of CPU`);
    console.log(
      `check           ${check.toFixed(2)} s of CPU, ${(check / floor).toFixed(2)} times`,
    );
    console.log(`memory          ${Math.round(maxRSS / 1e3)} MB at most, of all of this`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function writeSample(file: string, events: number): number {
  const descriptor = fs.openSync(file, 'w');
  let text = '';
  let lines = 0;
  writeLongRun(events, (line) => {
    text += line;
    lines += 1;
    if (text.length < chunkBytes) return;
    fs.writeSync(descriptor, text);
    text = '';
  });
  fs.writeSync(descriptor, text);
  fs.closeSync(descriptor);
  return lines;
}

/** What any reader of the file has to do: find the lines and parse them. */
async function parseOnly(file: string): Promise<void> {
  const handle = await fs.promises.open(file, 'r');
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let kept = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, buffer.length - kept, null);
    if (bytesRead === 0) break;
    const filled = kept + bytesRead;
    const end = buffer.lastIndexOf(newline, filled - 1) + 1;
    for (const line of buffer.toString('utf8', 0, Math.max(0, end - 1)).split('\n'))
      JSON.parse(line);
    buffer.copyWithin(0, end, filled);
    kept = filled - end;
  }
  await handle.close();
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

await main(Number(process.argv[2] ?? 1_000_000));
