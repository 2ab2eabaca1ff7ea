import { limits } from '../bank/limits.ts';
import type { EventIdentity } from '../bank/scenario.ts';
import { originOf } from './replicas.ts';
import type { RunCheck } from './history-check.ts';
import { slotFacts } from './agreement.ts';
import { linesOf, operationFacts, answerFacts } from './operation.ts';
import type { Reading } from './read.ts';
import type { Slot } from './slots.ts';
import type { CheckName, Finding, Summary } from './verdict.ts';
import { eventName } from './words.ts';

/** What the checks come to when the whole history has been read. */
export interface Conclusion {
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly more: number;
  readonly missing: readonly string[];
}

/** How many of what is missing are named one by one. */
const named = 3;

/** Looks at what is left open at the end: in a run that ended well, that is wrong; else missing. */
export function conclude(run: RunCheck, reading: Reading): Conclusion {
  run.answers.finish();
  run.messages.finish(run.lost);
  const balances = run.account.finish();
  const explain = run.account.explainFinal.bind(run.account);
  run.ending.finish((process) => run.final.stateOf(process) !== undefined);
  run.final.finish([...run.replicas.replicas.values()], { balances, explain });
  const missing = [
    ...unreadable(reading),
    ...(run.ending.end ? [] : ['the end of the run']),
    ...unanswered(run),
    ...unapplied(run),
    ...unsettled(run),
    ...silentBranches(run),
    ...(run.account.exhausted ? [tooManyOrders] : []),
  ];
  return {
    summary: summarize(run, reading, balances),
    findings: run.findings.first,
    more: run.findings.more,
    missing,
  };
}

const tooManyOrders =
  'an order for all overlapping operations: there are more than could be tried, and the answers bear no versions that would tell';

export function unreadable({ unreadable, unreadableCount, torn }: Reading): string[] {
  const word = unreadableCount === 1 ? 'line' : 'lines';
  const lines = `${word} ${unreadable.slice(0, named).join(', ')}`;
  const more = unreadableCount > named ? ` and ${unreadableCount - named} more` : '';
  return [
    ...(unreadableCount > 0 ? [`a record in ${lines}${more}`] : []),
    ...(torn ? ['the rest of the last line'] : []),
  ];
}

function unanswered(run: RunCheck): string[] {
  const { events, roster, ending, findings, lost } = run;
  const left = roster.events - events.answered;
  if (left === 0) return [];
  if (!ending.orderly) {
    const [first] = events.unanswered(1);
    return [`answers to ${left} of ${roster.events} events, the first ${nameOf(first)}`];
  }
  const open: string[] = [];
  for (const event of events.unanswered(limits.violationsShown)) {
    const visit = roster.visitsByEntry.get(event.entry);
    if (visit && lost.has(visit.process)) {
      open.push(`the answer to ${nameOf(event)}, which may be lost with a machine`);
      continue;
    }
    findings.report({
      kind: 'not-answered',
      cause: 'lost',
      process: visit?.process ?? '',
      observed: { event, text: 'no outcome' },
      expected: { event, text: 'one outcome' },
      lines: [],
    });
  }
  return summarizeOpen(open);
}

/** Successes that no replica applies: at their own branch a line must stand before the answer. */
function unapplied(run: RunCheck): string[] {
  const { replicas, roster, findings, ending, lost } = run;
  const open: string[] = [];
  for (const operation of replicas.unapplied) {
    const customer = roster.visits.get(operation.process)?.customer;
    const writers = replicas.writers
      .filter(({ place }) => !lost.has(place.process))
      .map(({ place }) => place.id);
    if (replicas.writers.length === 0) return [];
    if (customer !== undefined && !writers.includes(customer) && !ending.orderly) {
      open.push(`the application of ${nameOf(operation.event)}`);
      continue;
    }
    findings.report({
      kind: 'success-not-applied',
      cause: 'lost',
      process: operation.process,
      operation: operationFacts(operation, run.origin),
      observed: answerFacts(operation),
      expected: { text: 'applied on every replica' },
      lines: linesOf(operation),
    });
  }
  return open.slice(0, named);
}

/** Versions that are not on every replica, or whose origin never decided them. */
function unsettled(run: RunCheck): string[] {
  const { replicas, ending, final } = run;
  const open: string[] = [];
  for (const slot of replicas.unsettled) {
    for (const replica of replicas.writers) {
      if (replica.version >= slot.version) continue;
      const { process } = replica.place;
      const settled = final.stateOf(process);
      // What clients outside the run do after a branch has settled may still be on its way.
      const late = slot.event === undefined && !((settled?.version ?? -1) >= slot.version);
      if (late || (settled === undefined && !ending.orderly))
        open.push(`version ${slot.version} on ${process}`);
      else
        run.findings.report({
          kind: 'not-applied',
          cause: 'lost',
          process,
          update: slotFacts(slot),
          observed: { version: replica.version },
          expected: slotFacts(slot),
          lines: [slot.line, replica.line].filter((line) => line > 0),
        });
    }
    checkDecision(run, slot);
  }
  return summarizeOpen(open);
}

function checkDecision({ replicas, findings, lost }: RunCheck, slot: Slot): void {
  if (slot.tx === undefined || slot.decided) return;
  const origin = replicas.writers.find(({ place }) => place.id === originOf(slot.tx ?? ''));
  if (origin === undefined || lost.has(origin.place.process)) return;
  findings.report({
    kind: 'applied-undecided',
    cause: 'phantom',
    process: origin.place.process,
    update: slotFacts(slot),
    observed: { tx: slot.tx, version: slot.version, text: 'applied' },
    expected: { text: 'a decision of its origin to commit it' },
    lines: [slot.line],
  });
}

function summarizeOpen(open: readonly string[]): string[] {
  if (open.length <= named) return [...open];
  return [...open.slice(0, named), `${open.length - named} more of this kind`];
}

/** Nothing tells in which state a branch ended. */
function silentBranches(run: RunCheck): string[] {
  const { replicas, ending, final } = run;
  const writers = new Set(replicas.writers);
  const all = [...replicas.replicas.values()];
  const silent = all.filter((replica) => final.stateOf(replica.place.process) === undefined);
  if (silent.length === 0 || ending.end === undefined) return [];
  // Branches by somebody else that never settle are said to be unchecked, not to be missing.
  if (silent.length === all.length && writers.size === 0) return [];
  const unknown = ending.orderly ? silent.filter((replica) => !writers.has(replica)) : silent;
  return summarizeOpen(unknown.map(({ place }) => `the final state of ${place.process}`));
}

function summarize(run: RunCheck, reading: Reading, balances: readonly number[]): Summary {
  const { roster, events } = run;
  const unchecked = notChecked(run);
  const names = new Set(unchecked.map(({ check }) => check));
  return {
    runId: roster.run.runId,
    lines: reading.lines,
    events: roster.events,
    answered: events.answered,
    unknownOutcomes: events.unknown,
    branches: roster.branches.size,
    ...finalOf(run, balances),
    checked: allChecks.filter((check) => !names.has(check)),
    notChecked: unchecked,
  };
}

const allChecks: readonly CheckName[] = [
  'every event answered once',
  'answers of one account',
  'messages as sent',
  'every update applied once on every replica',
  'final replicas equal',
  'no call after shutdown',
];

function notChecked(run: RunCheck): Summary['notChecked'] {
  const { replicas, ending, final, roster, receivers, account } = run;
  const all = [...replicas.replicas.values()];
  const mute = all.filter(({ writes }) => !writes).map(({ place }) => place.process);
  const deaf = [...roster.branches.keys()].filter((process) => !receivers.has(process));
  const unsettled = all.filter(({ place }) => final.stateOf(place.process) === undefined);
  const stateless = mute.filter((process) => final.stateOf(process) === undefined);
  const entries: (readonly [CheckName, string | false])[] = [
    ['answers of one account', account.exhausted && 'too many orders are possible'],
    ['messages as sent', deaf.length > 0 && receivers.size === 0 && wroteNothing(deaf, 'messages')],
    [
      'every update applied once on every replica',
      mute.length > 0 && wroteNothing(mute, 'updates'),
    ],
    ['final replicas equal', stateless.length > 0 && wroteNothing(stateless, 'final states')],
    [
      'no call after shutdown',
      !ending.orderly && unsettled.length > 0 && 'the run did not end in order',
    ],
  ];
  return entries.flatMap(([check, why]) => (why === false ? [] : [{ check, why }]));
}

function wroteNothing(processes: readonly string[], what: string): string {
  const names = processes.slice(0, named).join(', ');
  const more = processes.length > named ? ` and ${processes.length - named} more` : '';
  return `${names}${more} wrote no ${what} into the history`;
}

function finalOf(run: RunCheck, balances: readonly number[]): Pick<Summary, 'final'> {
  const { replicas, ending, final } = run;
  const states = [...replicas.replicas.values()].flatMap((replica) => {
    if (replica.writes) return ending.end ? replica : [];
    return final.stateOf(replica.place.process) ?? [];
  });
  const [first] = states;
  if (first === undefined) {
    const [balance] = balances;
    return balance === undefined || balances.length > 1 ? {} : { final: { balance } };
  }
  const { version, balance } = first;
  const same = states.every((state) => state.version === version && state.balance === balance);
  return same ? { final: { version, balance } } : {};
}

function nameOf(event: EventIdentity | undefined): string {
  return event === undefined ? 'an update from outside the run' : eventName(event);
}
