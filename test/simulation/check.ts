import { Violation } from './judge.ts';
import { type Node, finalWordOf, holdsForeign } from './node.ts';
import type { World } from './world.ts';

/** What must hold after every step. */
export function check({ nodes, ghosts, judge }: World): void {
  for (const node of nodes) checkNode(node, judge);
  for (const node of ghosts) checkNode(node, judge);
}

function checkNode(node: Node, judge: World['judge']): void {
  const { replica, commits, settings, leased } = node;
  if (replica?.restored !== true) return;
  const { balance, version } = replica;
  const where = `branch ${settings.id} is at ${balance}@${version}`;
  if (version !== commits) throw new Violation(`${where}, its ledger at version ${commits}`);
  if (balance !== judge.balanceAt(version)) throw new Violation(`${where}: wrong balance`);
  if (leased && !holdsForeign(node) && version < judge.floor)
    throw new Violation(`${where} and would answer a query, but ${judge.floor} is known`);
}

/**
 * A branch refuses to recover its ledger. That is right only while an update of a lost branch is
 * held ready by all that have their ledgers, or when fellows stay away for too long. Of machines that
 * are lost one after the other nothing is said: the answers may be those of processes since lost.
 */
export function checkRefusal(
  { nodes, ghosts, buried }: World,
  branch: number,
  message: string,
): void {
  if (message.includes('did not answer')) return;
  const [, tx = ''] = /update (\S+) of branch/.exec(message) ?? [];
  for (const old of [...ghosts, ...buried])
    if (old.settings.hasSharedLedgers === true && decides(old, tx))
      throw new Violation(`branch ${branch} refuses, and a ledger decides ${tx}: ${message}`);
  const open = nodes.filter(({ replica }) => replica?.restored === true);
  if (open.some(({ settings }) => settings.incarnation > 1)) return;
  const held = open.map(({ replica }) => replica?.pending);
  if (held.some((tx) => tx === undefined || tx !== held[0]))
    throw new Violation(`branch ${branch} need not refuse: ${message}`);
}

/** Whether the ledger of its origin decides an update. */
const decides = (node: Node, tx: string): boolean =>
  tx.startsWith(`${node.settings.id}.`) && finalWordOf(node, tx) !== undefined;
