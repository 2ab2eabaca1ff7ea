/** The folder in which a pm2 daemon lives. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EngineFailure } from './engine.ts';
import { makeFolder } from './make-folder.ts';

/** The longest path that a Unix socket can have; beyond it pm2's connect hangs without a word. */
const socketPathBytes = process.platform === 'darwin' ? 103 : 107;

/** Where pm2 looks: `$PM2_HOME`, else its default. */
export const pm2Home = (): string =>
  path.resolve(process.env['PM2_HOME'] || path.join(os.homedir(), '.pm2'));

/** The files of a daemon in its home; a daemon ended by SIGTERM leaves the sockets behind. */
export const daemonFiles = (
  home: string,
): { readonly pid: string; readonly requests: string; readonly bus: string } => ({
  pid: path.join(home, 'pm2.pid'),
  requests: path.join(home, 'rpc.sock'),
  bus: path.join(home, 'pub.sock'),
});

/** The process id of the daemon in this home, by its own note; undefined if there is none. */
export function daemonPid(home: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(daemonFiles(home).pid, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the folder, and answers what stands against a daemon in it. */
export function checkHome(home: string): EngineFailure | undefined {
  const socket = daemonFiles(home).requests;
  if (Buffer.byteLength(socket) > socketPathBytes) {
    return {
      reason: 'engine-home',
      message: `pm2's home is too long for its sockets: ${socket} has ${Buffer.byteLength(socket)} bytes, ${socketPathBytes} are possible; set PM2_HOME to a shorter folder`,
    };
  }
  try {
    makeFolder(home);
    fs.accessSync(home, fs.constants.W_OK);
    return undefined;
  } catch (error) {
    return {
      reason: 'engine-home',
      message: `pm2's home ${home} cannot be written (${String(error)}); set PM2_HOME to a folder of yours`,
    };
  }
}
