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
  test(`${fault} sends SIGKILL after the declared event, and the customer acts no more`, async (t) => {
    const kill = t.mock.method(process, 'kill', () => true);
    const topology = topologyWith([
      { fault, entry: 3, event: 2 },
      { fault, entry: 4, event: 1 },
    ]);
    const faults = new VisitFaults(3, { topology, process: 'visit-3', history: undefined });
    await faults.answered(1);
    assert.equal(kill.mock.callCount(), 0);
    let goesOn = false;
    void faults.answered(2).then(() => (goesOn = true));
    await new Promise(setImmediate);
    assert.deepEqual(
      kill.mock.calls.map((call) => call.arguments),
      [[pid, 'SIGKILL']],
    );
    assert.equal(goesOn, false);
  });
}
