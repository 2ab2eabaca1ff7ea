/** The platform of one machine: pm2 runs the processes, which meet on Unix sockets or on 127.0.0.1. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import type { Scenario } from '../bank/scenario.ts';
import { branchProcess, runFiles } from '../bank/topology.ts';
import { freePorts } from '../process/ports.ts';
import { Lifeline } from '../process/lifeline-server.ts';
import type { Layout, PlannedBranch, Programs } from './plan.ts';
import type { Ground, Platform, PlatformFailure, Site } from './platform.ts';
import { pm2Engine } from './pm2-engine.ts';
import { engineLabel, knownAppKeys } from './pm2.ts';
import { pm2Home } from './pm2-home.ts';

export interface OneMachine {
  readonly programs: Programs;
  /** Undefined: Unix sockets. A port of 0 in `firstPort` takes free ones. */
  readonly tcp: { readonly firstPort: number } | undefined;
}

export const oneMachine = (machine: OneMachine): Platform => ({
  name: 'pm2',
  label: engineLabel(),
  home: pm2Home(),
  appKeys: knownAppKeys,
  refuse: (scenario) => portTrouble(machine, scenario),
  sketch: (site) => layOut(machine, site),
  describe: (_plan, apps) => JSON.stringify({ apps }, null, 2),
  prepare: (site) => prepare(machine, site),
});

async function prepare(machine: OneMachine, site: Site): Promise<Ground> {
  const layout = await layOut(machine, site);
  const token = machine.tcp === undefined ? undefined : writeToken(site);
  const lifelinePath = path.join(site.socketFolder, 'supervisor.sock');
  const lifeline = await Lifeline.open(lifelinePath);
  return {
    layout,
    topology: {
      lifeline: lifelinePath,
      ...(token === undefined ? {} : { tokenFile: token.file }),
    },
    route: ({ target }) => (token === undefined ? { target } : { target, token: token.value }),
    whereIs: ({ target }) => target,
    watchCommand: 'npm run monit',
    callCommand: (branch) => callCommand(branch, token?.file),
    openEngine: ({ plan }, hear, halt) =>
      pm2Engine({ runId: plan.runId, hear, tellOver: () => lifeline.end() }, halt),
    close: async () => lifeline.close(),
  };
}

/** On TCP anybody on the machine can connect, so each call of the run carries its token. */
function writeToken({ socketFolder }: Site): { readonly value: string; readonly file: string } {
  const value = randomBytes(32).toString('base64url');
  const file = path.join(socketFolder, 'token');
  fs.writeFileSync(file, value, { mode: 0o600 });
  return { value, file };
}

function callCommand({ target }: PlannedBranch, tokenFile: string | undefined): string {
  const header = tokenFile === undefined ? '' : ` -H "authorization: Bearer $(cat ${tokenFile})"`;
  return `grpcurl -plaintext${header} ${target} bank.Branch/Query`;
}

async function layOut({ programs, tcp }: OneMachine, site: Site): Promise<Layout> {
  const { branches } = site.scenario;
  const ports = tcp === undefined ? undefined : await choosePorts(tcp.firstPort, branches.length);
  return {
    programs,
    cwd: site.folder,
    topologyFile: path.join(site.folder, runFiles.topology),
    deadlines: { customerCallMs: limits.customerCallMs, updateMs: limits.updateMs },
    branches: branches.map(({ id }, position) => ({
      target:
        ports === undefined
          ? `unix:${site.socketFolder}/${branchProcess(id)}.sock`
          : `127.0.0.1:${ports[position]}`,
    })),
    visits: [],
  };
}

const lastPort = 65_535;

function portTrouble({ tcp }: OneMachine, { branches }: Scenario): PlatformFailure | undefined {
  if (tcp === undefined || tcp.firstPort + branches.length - 1 <= lastPort) return undefined;
  return {
    reason: 'ports',
    message: `--tcp ${tcp.firstPort} leaves no ports for ${branches.length} branches: the last port is ${lastPort}; name ${lastPort + 1 - branches.length} or less, or none`,
  };
}

async function choosePorts(firstPort: number, count: number): Promise<number[]> {
  if (firstPort === 0) return freePorts('127.0.0.1', count);
  return Array.from({ length: count }, (_, position) => firstPort + position);
}
