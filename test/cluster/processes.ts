/** The processes on a node, as the machine under all nodes sees them. */
import fs from 'node:fs';
import path from 'node:path';

export interface Seen {
  readonly pid: number;
  readonly command: string;
}

/** What makes a node a node of Slurm, and would run there without any job. */
const daemons = /^(\S*\/)?(munged|slurmd|slurmstepd:|bash \S*\/node\.sh)( |$)/;

/** What runs on a node, Slurm's own daemons aside. */
export function processesIn(folder: string, node: string): readonly Seen[] {
  return pidsIn(folder, node)
    .map((pid) => ({ pid, command: commandLine(pid) }))
    .filter(({ command }) => command !== '' && !daemons.test(command));
}

/** Whatever has a text among its words or in its environment. */
export function processesNaming(text: string): readonly string[] {
  return allPids()
    .filter((pid) =>
      [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].some((file) => read(file).includes(text)),
    )
    .map(commandLine);
}

/** The process that a node of namespaces lives and dies with. */
export function firstProcess(folder: string, node: string): number | undefined {
  return pidsIn(folder, node).find((pid) => /^NSpid:.*\t1$/m.test(read(`/proc/${pid}/status`)));
}

function pidsIn(folder: string, node: string): readonly number[] {
  const space = read(path.join(folder, node, 'processes')).trim();
  const isThere = (pid: number): boolean =>
    space === '' ? isOfStep(pid, folder, node) : link(`/proc/${pid}/ns/pid`) === space;
  return allPids().filter(isThere);
}

const allPids = (): readonly number[] =>
  fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);

const commandLine = (pid: number): string =>
  read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();

/** Without namespaces what a step started bears its node's name; so do the children of that. */
function isOfStep(pid: number, folder: string, node: string): boolean {
  const variables = read(`/proc/${pid}/environ`).split('\0');
  if (variables.includes(`SLURMD_NODENAME=${node}`))
    return variables.some((variable) => variable.startsWith(`SLURM_CONF=${folder}/`));
  const parent = Number(/^PPid:\s*(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1]);
  return parent > 1 && isOfStep(parent, folder, node);
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function link(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return '';
  }
}
