import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '../bank/faults.ts';
import type { Topology } from '../bank/topology.ts';
import { VisitFaults } from './faults.ts';

const supervisorPid = 4_000_000;

function topologyWith(faults: readonly Fault[]): Topology {
  const deadlines = { customerCallMs: 1, updateMs: 1 };
  const nowhere = { runId: 'a', folder: '/nowhere', history: false, branches: [], paceMs: 0 };
  return { ...nowhere, deadlines, faults, supervisorPid };
}

const cases = [
  { fault: 'kill-customer', pid: process.pid },
  { fault: 'kill-daemon', pid: process.ppid },
  { fault: 'kill-supervisor', pid: supervisorPid },
] as const;

for (const { fault, pid } of cases) {
  test(`${fault} sends SIGKILL after the declared event, and only then`, (t) => {
    const kill = t.mock.method(process, 'kill', () => true);
    const topology = topologyWith([
      { fault, entry: 3, event: 2 },
      { fault, entry: 4, event: 1 },
    ]);
    const faults = new VisitFaults(3, { topology, process: 'visit-3', history: undefined });
    const struck = [1, 2, 3].map((events) => {
      faults.answered(events);
      return kill.mock.callCount();
    });
    assert.deepEqual(struck, [0, 1, 1]);
    assert.deepEqual(kill.mock.calls[0]?.arguments, [pid, 'SIGKILL']);
  });
}
