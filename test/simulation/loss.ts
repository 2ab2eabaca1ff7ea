import type { OldWord } from '../../branch/old-word.ts';
import type { Effect } from '../../branch/protocol.ts';
import { type Node, die, finalWordOf, successor } from './node.ts';
import type { Action } from './action.ts';
import type { RequestMessage } from './message.ts';
import type { World } from './world.ts';

/** What a machine takes with it, and what a process does that lives on without knowing. */

/** The process of a branch that was given up and lives on, if there is one: the latest. */
export const oldProcess = ({ ghosts }: World, branch: number): Node | undefined =>
  ghosts.findLast(({ settings }) => settings.id === branch);

/** The process of a branch of an incarnation, dead or alive. */
export function processOf(world: World, branch: number, incarnation: number): Node | undefined {
  const current = world.nodes[branch - 1];
  if (current?.settings.incarnation === incarnation) return current;
  return world.ghosts.find(
    ({ settings }) => settings.id === branch && settings.incarnation === incarnation,
  );
}

/** A fellow's request may arrive at any process of a branch, a customer's where it was sent. */
export function receiverOf(
  world: World,
  { to, place }: RequestMessage,
  old: boolean,
): Node | undefined {
  const current = world.node(to);
  if (place === undefined) return (old ? oldProcess(world, to) : undefined) ?? current;
  const node = processOf(world, to, place);
  return node?.leased === true ? node : undefined;
}

/** Where the customers of a branch find it: at its old place until its lease is over. */
export function placeOf(world: World, branch: number): number {
  const current = world.nodes[branch - 1]?.settings.incarnation ?? 1;
  const old = oldProcess(world, branch);
  return old?.leased === true ? old.settings.incarnation : current;
}

/** Only a branch that has a ledger can lose it, and never all do: there is nothing to see then. */
export function losable({ nodes }: World, branches: readonly number[]): boolean {
  const lost = new Set(branches);
  const wellKept = nodes.some(({ settings, lines }) => !lost.has(settings.id) && lines.length > 0);
  return wellKept && branches.every((branch) => nodes[branch - 1]?.lines.length !== 0);
}

export function lose(
  world: World,
  { branches, livesOn }: Extract<Action, { do: 'lose' }>,
): boolean {
  if (!losable(world, branches)) return false;
  for (const branch of branches) {
    const node = world.node(branch);
    world.nodes[branch - 1] = successor(node);
    if (livesOn && node.replica) world.ghosts.push(node);
    else bury(world, node);
  }
  return true;
}

/**
 * A branch is started anew, and is told which others were. By then its old process must have told
 * its customers the last word.
 */
export function startElsewhere(world: World, node: Node): void {
  const others = world.nodes.filter((other) => other !== node).map(({ settings }) => settings);
  const fences = others
    .filter(({ incarnation }) => incarnation > 1)
    .map(({ id, incarnation }) => ({ branch: id, incarnation }));
  node.settings = { ...node.settings, fences };
  const old = oldProcess(world, node.settings.id);
  if (old?.leased !== true) return;
  old.leased = false;
  world.breakOff([...old.callers.values()].filter(({ party }) => party.kind !== 'branch'));
}

/** The old process learnt that it was replaced, or dies of its own accord. */
export function endOld(world: World, node: Node): void {
  world.ghosts = world.ghosts.filter((other) => other !== node);
  bury(world, node);
}

/** Its ledger stays, for who can still read it. */
function bury(world: World, node: Node): void {
  world.buried.push(node);
  world.breakOff(die(node));
}

/** What a branch reads in the ledger of an incarnation that was lost, at this moment. */
export function lookUp(world: World, { branch, incarnation, tx }: Consultation): OldWord {
  const all = [...world.ghosts, ...world.buried];
  const isMeant = ({ settings }: Node): boolean =>
    settings.id === branch && settings.incarnation === incarnation;
  const node = all.find(isMeant);
  return (node && finalWordOf(node, tx)) ?? { decision: 'undecided', why: 'nothing tells' };
}

type Consultation = Extract<Effect, { type: 'consult' }>;
