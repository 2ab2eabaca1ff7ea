/** Who listens on a loopback port, as far as the system tells: to name whoever took a branch's. */
import fs from 'node:fs';
import { commandLine, processIds } from './life.ts';

const listening = '0A';

/** "process 4242 (python3 -m http.server)", or undefined where it cannot be known. */
export function addressOwner(target: string): string | undefined {
  const port = /^127\.0\.0\.1:(\d+)$/.exec(target)?.[1];
  if (port === undefined || process.platform !== 'linux') return undefined;
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => listeners(table, Number(port))));
  const pid = processIds().find((id) => holdsSocket(id, sockets));
  return pid === undefined ? undefined : `process ${pid} (${commandLine(pid).slice(0, 80)})`;
}

/** The sockets that listen on the port, as links in /proc name them: "socket:[1234]". */
function listeners(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return readText(`/proc/net/${table}`)
    .split('\n')
    .flatMap((line) => {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      return state === listening && local?.endsWith(`:${hexPort}`) ? [`socket:[${inode}]`] : [];
    });
}

function holdsSocket(pid: number, sockets: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return fs.readdirSync(folder).some((name) => sockets.has(readLink(`${folder}/${name}`)));
  } catch {
    // Another user's process, or one that has just ended.
    return false;
  }
}

function readLink(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    // Closed since the folder was read.
    return '';
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
