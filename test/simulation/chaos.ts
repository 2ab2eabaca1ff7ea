import type { Action, Crash } from './action.ts';
import { mayAsk } from './customer.ts';
import type { Message } from './message.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/**
 * How a schedule is unkind. Each has a few kinds of trouble and leaves out the rest, because all of
 * them at once would let nothing happen that trouble could disturb.
 */
export interface Chaos {
  readonly rate: number;
  readonly troubles: readonly Trouble[];
  /** Messages of these kinds are mostly overtaken by the others. */
  readonly slow: readonly string[];
  /** Which message mostly arrives first. */
  readonly first: 'oldest' | 'any' | 'newest';
  /** Most trouble comes to this customer and its branch: one misfortune rarely shows anything. */
  readonly customer: number;
}

const troubles = [
  'crash',
  'strike',
  'lose',
  'leap',
  'drop',
  'duplicate',
  'ask',
  'give up',
] as const;
type Trouble = (typeof troubles)[number];

const kinds = ['propagate', 'decide', 'ask', 'recover', 'query', 'deposit', 'withdraw'].flatMap(
  (kind) => [`request ${kind}`, `answer ${kind}`],
);

export const randomChaos = (random: Random, customers: number): Chaos => ({
  rate: random.pick([0.03, 0.1, 0.2]),
  // A lost machine may end the run, and then there is less to see of everything else.
  troubles: troubles.filter((kind) => random.chance(kind === 'lose' ? 0.25 : 0.5)),
  slow: kinds.filter(() => random.chance(0.2)),
  first: random.pick(['oldest', 'any', 'newest']),
  customer: random.between(1, customers),
});

export function randomAction(world: World, random: Random, chaos: Chaos): Action {
  const action = ordinaryAction(world, random, chaos);
  if (chaos.troubles.length === 0 || !random.chance(chaos.rate)) return action;
  return trouble(world, random, { action, kind: random.pick(chaos.troubles), chaos });
}

interface Instead {
  readonly action: Action;
  readonly kind: Trouble;
  readonly chaos: Chaos;
}

function trouble(world: World, random: Random, { action, kind, chaos }: Instead): Action {
  const aimed = random.chance(0.7);
  const customer = aimed ? chaos.customer : random.between(1, world.customers.length);
  const aim = world.customers[customer - 1]?.branch ?? 1;
  const branch = aimed ? aim : random.between(1, world.nodes.length);
  switch (kind) {
    case 'crash':
      return { do: kind, branch };
    case 'lose':
      return lossOf(world, random, branch) ?? action;
    case 'leap':
      return { do: kind, branch, ms: random.pick([50, 1_000, 5_000, 5_000]) };
    case 'strike':
      return 'branch' in action || action.do === 'deliver'
        ? { ...action, ...randomCrash(random) }
        : action;
    case 'drop':
    case 'duplicate':
      return world.network.length === 0
        ? action
        : { do: kind, ...world.mail(random.pick(world.network)) };
    case 'ask':
    case 'give up':
      return { do: kind, customer };
  }
}

/** One branch as a rule, sometimes several on one machine; how often is limited, for a run ends soon. */
function lossOf(world: World, random: Random, branch: number): Action | undefined {
  const lost = world.nodes.reduce((sum, { settings }) => sum + settings.incarnation - 1, 0);
  const others = world.nodes.map(({ settings }) => settings.id).filter((id) => id !== branch);
  const more = random.chance(0.2) ? others.filter(() => random.chance(0.5)) : [];
  const livesOn = random.chance(0.7);
  return lost < 3 ? { do: 'lose', branches: [branch, ...more], livesOn } : undefined;
}

const randomCrash = (random: Random): Crash => ({
  crashAfter: random.between(0, 4),
  torn: random.chance(0.5),
});

/** What happens anyway: messages arrive, clocks go on, the dead are started again. */
function ordinaryAction(world: World, random: Random, chaos: Chaos): Action {
  const down = world.nodes.filter(({ replica }) => replica === undefined);
  const waking = world.nodes.filter(({ wakeAt }) => wakeAt < Infinity);
  const idle = world.customers.filter((customer) => mayAsk(customer) && !customer.waits);
  const old = world.ghosts.length > 0 && random.chance(0.3);
  if (world.network.length > 0 && random.chance(0.85))
    return { do: 'deliver', ...world.mail(nextMessage(world, random, chaos)), ...(old && { old }) };
  if (down.length > 0 && random.chance(0.5))
    return { do: 'restart', branch: random.pick(down).settings.id };
  if (idle.length > 0 && random.chance(0.5)) return { do: 'ask', customer: random.pick(idle).id };
  if (old) return { do: 'tick', branch: random.pick(world.ghosts).settings.id, old };
  if (waking.length > 0 && random.chance(0.5))
    return { do: 'tick', branch: random.pick(waking).settings.id };
  return { do: 'wait' };
}

function nextMessage({ network }: World, random: Random, chaos: Chaos): Message {
  const quick = network.filter((message) => !isSlow(message, chaos));
  const ready = quick.length > 0 && random.chance(0.97) ? quick : network;
  const next = chaos.first === 'oldest' ? ready.at(0) : ready.at(-1);
  return next && chaos.first !== 'any' && random.chance(0.8) ? next : random.pick(ready);
}

function isSlow(message: Message, { slow }: Chaos): boolean {
  const { about } = message.type === 'request' ? message.from : message.to;
  return slow.some((kind) => `${message.type} ${about}`.startsWith(kind));
}
