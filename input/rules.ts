import type { Finding, Findings } from './finding.ts';
import type { Path } from './document.ts';
import { eventName, get, integer, type ProcessGlance, processName } from './glance.ts';
import { few } from './words.ts';

/** The rules of an input file that a schema cannot say. */
export function checkRules(
  processes: readonly ProcessGlance[],
  path: Path,
  findings: Findings,
): void {
  const branches = processes.filter(({ type }) => type === 'branch');
  const customers = processes.filter(({ type }) => type === 'customer');
  if (branches.length === 0 && customers.length === processes.length) findings.add(noBranch(path));
  checkIds(branches, findings);
  checkBalances(branches, findings);
  checkBranchOfEach(customers, branches, findings);
  for (const customer of customers) checkEventIds(customer, findings);
}

const noBranch = (path: Path): Finding => ({
  path,
  part: 'value',
  message: 'the list has no branch',
  advice: 'Add one: { "id": 1, "type": "branch", "balance": 400 }.',
});

function checkIds(branches: readonly ProcessGlance[], findings: Findings): void {
  const first = new Map<number, Path>();
  for (const { id, path } of branches) {
    if (id === undefined) continue;
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, [...path, 'id']);
    else
      findings.add({
        path: [...path, 'id'],
        part: 'value',
        message: `branch ${id} is listed twice`,
        advice: 'Give each branch an id of its own.',
        first: earlier,
      });
  }
}

/** All replicas start equal; what most branches have is taken for what was meant. */
function checkBalances(branches: readonly ProcessGlance[], findings: Findings): void {
  const common = mostFrequent(branches.flatMap(({ balance }) => balance ?? []));
  const model = branches.find(({ balance }) => balance === common);
  if (model === undefined) return;
  for (const branch of branches) {
    if (branch.balance === undefined || branch.balance === common) continue;
    // A branch that is listed twice is told as that.
    if (branch.id === model.id && branch.id !== undefined) continue;
    findings.add({
      path: [...branch.path, 'balance'],
      part: 'value',
      message: `${processName(branch)} starts with ${branch.balance}, but ${processName(model)} with ${common}`,
      advice: `Write the same balance for every branch: ${common}.`,
      first: [...model.path, 'balance'],
    });
  }
}

function mostFrequent(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

/** Says nothing while a branch has no clear id: it may be the one that is looked for. */
function checkBranchOfEach(
  customers: readonly ProcessGlance[],
  branches: readonly ProcessGlance[],
  findings: Findings,
): void {
  const ids = new Set(branches.map(({ id }) => id));
  if (ids.size === 0 || ids.has(undefined)) return;
  const balance = branches[0]?.balance ?? 400;
  for (const { id, path } of customers) {
    if (findings.isEnough) return;
    if (id === undefined || ids.has(id)) continue;
    findings.add({
      path: [...path, 'id'],
      part: 'value',
      message: `customer ${id} has no branch: a customer talks to the branch with its own id`,
      advice: `Add { "id": ${id}, "type": "branch", "balance": ${balance} }, or write the id of a branch: ${few([...ids])}.`,
    });
  }
}

function checkEventIds(customer: ProcessGlance, findings: Findings): void {
  const first = new Map<number, Path>();
  for (const [index, event] of customer.events.entries()) {
    const id = integer(get(event, 'id'));
    if (findings.isEnough) return;
    if (id === undefined) continue;
    const path = [...customer.path, 'events', index, 'id'];
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, path);
    else
      findings.add({
        path,
        part: 'value',
        message: `${eventName(customer, event, index)} is listed twice`,
        advice: 'Give each event of a customer an id of its own; other customers may use it too.',
        first: earlier,
      });
  }
}

/** Events run in ascending order of their ids; one warning if a file lists them otherwise. */
export function orderWarning(processes: readonly ProcessGlance[]): Finding | undefined {
  const unordered = processes.flatMap((customer) => {
    const index = firstOutOfOrder(customer.events);
    return index === undefined ? [] : [{ customer, index }];
  });
  const [first] = unordered;
  if (first === undefined) return undefined;
  const { customer, index } = first;
  const others = unordered.length === 1 ? '' : ` (as do ${unordered.length - 1} more customers)`;
  return {
    path: [...customer.path, 'events', index, 'id'],
    part: 'value',
    message: `${processName(customer)} lists its events in another order than that of their ids${others}`,
    advice: 'They run in ascending order of their ids.',
  };
}

function firstOutOfOrder(events: readonly unknown[]): number | undefined {
  let last = -1;
  for (const [index, event] of events.entries()) {
    const id = integer(get(event, 'id')) ?? last;
    if (id < last) return index;
    last = id;
  }
  return undefined;
}
