/** The private folder of a run on this node: the programs, what they are told, what they write. */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { limits } from '../bank/limits.ts';
import { nodeFiles } from '../process/agent-messages.ts';

const prefix = 'tally-node-';

/**
 * Makes the folder, which only this user can enter, and puts the programs into it.
 * @param packFile the file that this program came in
 */
export function makeNodeFolder(runId: string, packFile: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${runId}-`));
  for (const name of ['visits', 'ledgers', 'lives', 'logs']) fs.mkdirSync(path.join(folder, name));
  for (const [name, content] of Object.entries(packedFiles(packFile))) {
    fs.writeFileSync(path.join(folder, name), Buffer.from(content, 'base64'));
  }
  return folder;
}

/** The last line of the pack is a comment that holds the programs of the children, by their names. */
function packedFiles(packFile: string): Record<string, string> {
  const text = fs.readFileSync(packFile, 'latin1');
  const packed = text.slice(text.lastIndexOf('\n//') + 3);
  const files = gunzipSync(Buffer.from(packed, 'base64')).toString();
  return JSON.parse(files) as Record<string, string>;
}

/** What agents could not remove that were killed, or never began: the next one of this user does. */
export async function removeRemains(packFile: string): Promise<void> {
  const packs = path.dirname(packFile);
  for (const name of fs.readdirSync(packs).filter(isPack)) removeOld(path.join(packs, name));
  await removeFoldersOfDead();
}

/** "tally-<run id>-<random>.cjs" */
const isPack = (name: string): boolean => /^tally-\d{8}-\d{6}-\w+-\w+\.cjs$/.test(name);

function removeOld(pack: string): void {
  const stat = fs.lstatSync(pack, { throwIfNoEntry: false });
  if (stat === undefined || stat.uid !== process.getuid?.()) return;
  if (Date.now() - stat.mtimeMs > forgottenMs) fs.rmSync(pack, { force: true });
}

/** By then an agent has begun, or never will. */
const forgottenMs = 2 * limits.nodeBirthMs;

async function removeFoldersOfDead(): Promise<void> {
  const base = os.tmpdir();
  const folders = fs.readdirSync(base).filter((name) => name.startsWith(prefix));
  await Promise.all(
    folders.map(async (name) => {
      const folder = path.join(base, name);
      if (await isOfDead(folder)) fs.rmSync(folder, { recursive: true, force: true });
    }),
  );
}

async function isOfDead(folder: string): Promise<boolean> {
  // Anybody may put a folder into /tmp; only one of this user's is looked into.
  const stat = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined || stat.uid !== process.getuid?.()) return false;
  const code = await connectionError(path.join(folder, nodeFiles.lifeline));
  if (code === 'ECONNREFUSED') return true;
  // One that is just being made has no socket yet.
  return code === 'ENOENT' && Date.now() - stat.mtimeMs > forgottenMs;
}

/** The code of the error that a connection meets; undefined if it is accepted. */
function connectionError(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect(file, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
  });
}
