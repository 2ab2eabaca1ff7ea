import type { Action } from './action.ts';
import { randomAction, randomChaos } from './chaos.ts';
import { mayAsk, openRequest } from './customer.ts';
import { Violation } from './judge.ts';
import type { ReplicaClass } from './node.ts';
import { type Plan, randomPlan } from './plan.ts';
import { Random } from './random.ts';
import { World } from './world.ts';

/** How a schedule went: the steps that were done, and what it violated, if anything. */
export interface Course {
  readonly plan: Plan;
  readonly steps: readonly Action[];
  readonly violation: string | undefined;
}

/** How much happened. */
export interface Tally {
  /** Updates that were committed. */
  readonly commits: number;
  /** Branches that were killed. */
  readonly crashes: number;
  /** Ledgers that were lost and recovered. */
  readonly recoveries: number;
  /** A lost ledger could not be recovered, which ends the run. */
  readonly refused: boolean;
}

const stepsOfSchedule = 80;
/** A bank that is left in peace comes to rest well before this. */
const calmSteps = 4_000;

/** The schedule of a seed: the same today and tomorrow. */
export function randomCourse(seed: number, replicaClass: ReplicaClass): Course & Tally {
  const random = new Random(seed);
  const plan = randomPlan(random);
  const chaos = randomChaos(random, plan.customers.length);
  return run(plan, replicaClass, (world, place) =>
    place < stepsOfSchedule ? randomAction(world, random, chaos) : undefined,
  );
}

/** Runs given steps; those that are not possible are passed over. */
export const course = (plan: Plan, steps: readonly Action[], replicaClass: ReplicaClass): Course =>
  run(plan, replicaClass, (_, place) => steps[place]);

type Next = (world: World, place: number) => Action | undefined;

function run(plan: Plan, replicaClass: ReplicaClass, next: Next): Course & Tally {
  const world = World.begin(plan, replicaClass);
  const steps: Action[] = [];
  const violation = violationOf(() => {
    for (let action = next(world, 0); action; action = next(world, steps.length)) {
      steps.push(action);
      world.perform(action);
      if (world.refused !== undefined) return;
    }
    calm(world);
  });
  const crashes = world.nodes.reduce((sum, { life }) => sum + life, 0);
  const { recoveries, history } = world.judge;
  const refused = world.refused !== undefined;
  return { plan, steps, violation, commits: history.length, crashes, recoveries, refused };
}

/** What went wrong, if anything: the core throws when it contradicts itself, as the judge does. */
export function violationOf(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without further faults every request ends, and all replicas settle at the same state. */
export function calm(world: World): void {
  rest(world, () => world.customers.every((customer) => openRequest(customer) === undefined));
  rest(world, () => world.nodes.every(({ replica }) => replica?.restored === true));
  // Updates that nobody waits for any more may have been under way when a branch settled first;
  // after every branch has settled once there are none.
  for (const round of [1, 2]) {
    if (world.refused !== undefined) return;
    for (const { settings } of world.nodes) world.settle(settings.id);
    rest(world, () => world.settled.size === world.nodes.length);
    if (round === 2 && world.refused === undefined) agree(world);
  }
}

function agree(world: World): void {
  const states = new Set(world.settled.values());
  if (states.size !== 1) throw new Violation(`settled at ${[...states].join(' and ')}`);
  const pending = world.nodes.filter(({ replica }) => replica?.pending !== undefined);
  if (pending.length > 0) throw new Violation('an update is pending after all have settled');
  if (world.nodes.some(({ commits }) => commits !== world.judge.history.length))
    throw new Violation('a ledger lacks a committed update after all have settled');
}

function rest(world: World, ended: () => boolean): void {
  for (let step = 0; step < calmSteps; step += 1) {
    if (ended() || world.refused !== undefined) return;
    const action = calmAction(world, step);
    if (action === undefined) break;
    world.perform(action);
  }
  if (!ended()) throw new Violation('left in peace, it does not come to an end');
}

function calmAction(world: World, step: number): Action | undefined {
  const down = world.nodes.find(({ replica }) => replica === undefined);
  if (down) return { do: 'restart', branch: down.settings.id };
  const message = world.network[0];
  if (message) return { do: 'deliver', message: message.name };
  const idle = world.customers.find((customer) => openRequest(customer) && !customer.waits);
  const wakes = [...world.nodes, ...world.ghosts].some(({ wakeAt }) => wakeAt < Infinity);
  // Time goes on in between, or a branch that cannot answer yet would be asked at once for ever.
  if (wakes && (idle === undefined || step % 2 === 1)) return { do: 'wait' };
  return idle && { do: mayAsk(idle) ? 'ask' : 'give up', customer: idle.id };
}
