import { createHash } from 'node:crypto';
import { limits } from '../../bank/limits.ts';
import type { Effect } from '../../branch/protocol.ts';
import type { Action } from './action.ts';
import { canonical, heard, messageText } from './canonical.ts';
import { openRequest } from './customer.ts';
import { losable, oldProcess } from './loss.ts';
import type { Message } from './message.ts';
import type { Node, ReplicaClass } from './node.ts';
import { type Course, calm, violationOf } from './schedule.ts';
import type { Plan } from './plan.ts';
import { World } from './world.ts';

/** How much trouble an exploration makes at most, anywhere and in every combination. */
export interface Budget {
  readonly crashes: number;
  readonly losses: number;
  readonly duplicates: number;
  /** Clocks that leap past all deadlines at any moment; retries come when nothing else is left. */
  readonly leaps: number;
  /** Machines that are lost, each with the ledger of a branch whose process may live on. */
  readonly disks: number;
}

/** What an exploration covers. */
export interface Scope {
  readonly plan: Plan;
  readonly budget: Budget;
  /** How often each event is asked at most. */
  readonly attempts: number;
  /** Customers take turns, as in a run; otherwise they all ask at once. */
  readonly inTurn: boolean;
}

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  /** A way to a violation, if there is one. */
  readonly found: Course | undefined;
}

interface State {
  readonly world: World;
  readonly budget: Budget;
  readonly way: Way | undefined;
}

/** The way to a state, from its last step back. */
interface Way {
  readonly action: Action;
  readonly before: Way | undefined;
}

/** Visits every state that can be reached within the budget, up to the first violation. */
export function explore(scope: Scope, replicaClass: ReplicaClass): Exploration {
  const { plan, budget } = scope;
  const world = World.begin(plan, replicaClass);
  const known = new Set([fingerprint(world, budget)]);
  const open: State[] = [{ world, budget, way: undefined }];
  let steps = 0;
  const ended = (violation?: string, way?: Way): Exploration => {
    const found = violation === undefined ? undefined : { plan, steps: stepsOf(way), violation };
    return { states: known.size, steps, found };
  };
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const todo = choices(scope, state);
    const unsettled = todo.length === 0 ? violationOf(() => calm(state.world.copy())) : undefined;
    if (unsettled !== undefined) return ended(unsettled, state.way);
    for (let choice = todo.pop(); choice !== undefined; choice = todo.pop()) {
      steps += 1;
      const way = { action: choice.action, before: state.way };
      const reached = step(state, choice);
      if (typeof reached === 'string') return ended(reached, way);
      if (state.budget.crashes > 0) todo.push(...crashes(choice, reached.world.lastEffects));
      const print = fingerprint(reached.world, reached.budget);
      if (known.has(print)) continue;
      known.add(print);
      open.push({ ...reached, way });
    }
  }
  return ended();
}

function stepsOf(way: Way | undefined): Action[] {
  const steps: Action[] = [];
  for (let last = way; last; last = last.before) steps.push(last.action);
  return steps.toReversed();
}

/** 96 bits of a hash: among a million states two share it with a probability of 10^-17. */
function fingerprint(world: World, budget: Budget): string {
  const { crashes, losses, duplicates, leaps, disks } = budget;
  const text = `${crashes},${losses},${duplicates},${leaps},${disks}\n${canonical(world)}`;
  return createHash('sha1').update(text).digest('base64').slice(0, 16);
}

function step(state: State, { action, cost }: Choice): Omit<State, 'way'> | string {
  const world = state.world.copy();
  const violation = violationOf(() => world.perform(action));
  if (violation !== undefined) return violation;
  // Answers that nobody hears change nothing; the core is seen to ignore them in random schedules.
  world.network = world.network.filter(
    (message) => message.type === 'request' || heard(world, message.to),
  );
  return { world, budget: spend(state.budget, cost) };
}

const spend = (budget: Budget, cost: Partial<Budget>): Budget => ({
  crashes: budget.crashes - (cost.crashes ?? 0),
  losses: budget.losses - (cost.losses ?? 0),
  duplicates: budget.duplicates - (cost.duplicates ?? 0),
  leaps: budget.leaps - (cost.leaps ?? 0),
  disks: budget.disks - (cost.disks ?? 0),
});

interface Choice {
  readonly action: Action;
  readonly cost: Partial<Budget>;
}

function choices(scope: Scope, state: State): Choice[] {
  const { world } = state;
  if (world.refused !== undefined) return [];
  const soon = world.network.find(commutes);
  if (soon) return mailChoices(state, soon);
  const messages = new Map(world.network.map((message) => [messageText(world, message), message]));
  const found = [
    ...[...messages.values()].flatMap((message) => mailChoices(state, message)),
    ...world.nodes.flatMap((node) => nodeChoices(state, node)),
    ...world.nodes.flatMap((node) => lossChoices(state, node)),
    ...customerChoices(scope, world),
  ];
  return found.some(({ cost }) => cost.leaps === undefined)
    ? found
    : [...found, ...world.nodes.flatMap((node) => retryChoices(node))];
}

/**
 * An answer to a customer, or the acknowledgement of a decision: it is heard or lost at once, since
 * whatever else happens at that time happens in the same way before and after it.
 */
const commutes = (message: Message): boolean =>
  message.type === 'answer' &&
  (message.to.party.kind === 'customer' || message.to.about.startsWith('decide'));

function customerChoices({ attempts, inTurn }: Scope, { customers }: World): Choice[] {
  const busy = customers.filter((customer) => openRequest(customer) !== undefined);
  const next = inTurn ? busy.slice(0, 1) : busy;
  return next
    .filter(({ waits }) => !waits)
    .map(({ id, attempts: asked }) => ({
      action: { do: asked < attempts ? 'ask' : 'give up', customer: id },
      cost: {},
    }));
}

function mailChoices({ world, budget }: State, message: Message): Choice[] {
  const mail = world.mail(message);
  const found: Choice[] = [{ action: { do: 'deliver', ...mail }, cost: {} }];
  if (message.type === 'request' && message.signature && oldProcess(world, message.to))
    found.push({ action: { do: 'deliver', ...mail, old: true }, cost: {} });
  if (budget.losses > 0) found.push({ action: { do: 'drop', ...mail }, cost: { losses: 1 } });
  // The second copy of an answer is never heard.
  if (budget.duplicates > 0 && message.type === 'request')
    found.push({ action: { do: 'duplicate', ...mail }, cost: { duplicates: 1 } });
  return found;
}

function nodeChoices({ budget }: State, { replica, settings }: Node): Choice[] {
  const branch = settings.id;
  if (replica === undefined) return [{ action: { do: 'restart', branch }, cost: {} }];
  const { flight, queue, queries, propagations } = replica.desk;
  const waits = flight !== undefined || queue.length + queries.length + propagations.length > 0;
  if (budget.leaps === 0 || !waits) return [];
  return [{ action: { do: 'leap', branch, ms: pastAllDeadlines }, cost: { leaps: 1 } }];
}

function lossChoices({ world, budget }: State, { settings }: Node): Choice[] {
  const branches = [settings.id];
  if (budget.disks === 0 || !losable(world, branches)) return [];
  return [true, false].map((livesOn) => ({
    action: { do: 'lose', branches, livesOn },
    cost: { disks: 1 },
  }));
}

/** A clock that goes on until all its retries are due. */
function retryChoices({ replica, settings, now }: Node): Choice[] {
  if (replica === undefined) return [];
  const { peers, question, tellFrom, tellPauseMs } = replica.desk;
  const toldAt = tellFrom + peers.length * tellPauseMs;
  if (Math.max(toldAt, question.retryAt, ...peers.map(({ retryAt }) => retryAt)) <= now) return [];
  const action = { do: 'leap', branch: settings.id, ms: pastAllRetries } as const;
  return [{ action, cost: {} }];
}

const pastAllRetries = limits.retryLongestMs;
const pastAllDeadlines = 2 * limits.customerCallMs;

/** The same step with a crash right before and right after each record that it writes. */
function crashes({ action, cost }: Choice, effects: readonly Effect[]): Choice[] {
  if ('crashAfter' in action) return [];
  const places = effects.flatMap(({ type }, place) =>
    type === 'append' ? [place, place + 1] : [],
  );
  return [...new Set(places)].map((crashAfter) => ({
    action: { ...action, crashAfter },
    cost: { ...cost, crashes: 1 },
  }));
}
