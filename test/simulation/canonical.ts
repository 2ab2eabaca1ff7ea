import type { Caller, Desk, QueuedUpdate } from '../../branch/desk.ts';
import type { Book } from '../../branch/book.ts';
import type { Message, ReturnPath } from './message.ts';
import { processOf } from './loss.ts';
import { type Node, replayed } from './node.ts';
import type { World } from './world.ts';

/**
 * A text that is the same for two worlds in which the same can happen from now on: call numbers,
 * lives and times are left out, because an exploration's clocks leap over all retries or all
 * deadlines at once.
 */
export function canonical(world: World): string {
  const { judge } = world;
  const history = judge.history.map(({ tx }) => tx).join();
  const answers = [...judge.answers].map(([key, answer]) => `${key}${answer}`).toSorted();
  const customers = world.customers.map(
    ({ at, attempts, waits, floor }) => `${at},${attempts},${waits},${floor}`,
  );
  return [
    `${history};${answers.join()};${judge.floor};${customers.join(';')}`,
    ...[...world.nodes, ...world.ghosts].map(
      (node) => `${nodeText(node)} ${node.leased} ${waitersText(world, node)}`,
    ),
    ...world.buried.filter(({ settings }) => settings.hasSharedLedgers).map(nodeText),
    ...world.network.map((message) => messageText(world, message)).toSorted(),
  ].join('\n');
}

/** Whether an answer to this call would still be heard. */
export function heard(world: World, path: ReturnPath): boolean {
  const { party, incarnation, life, call } = path;
  if (party.kind === 'customer') {
    const customer = world.customers[party.id - 1];
    return customer?.call === call && customer.waits;
  }
  const node = processOf(world, party.id, incarnation);
  const desk = node?.life === life ? node.replica?.desk : undefined;
  return desk !== undefined && (desk.question.call === call || desk.calls.get(call)?.call === call);
}

export function messageText(world: World, message: Message): string {
  if (message.type === 'answer') return `${message.name} ${heard(world, message.to)}`;
  return `${message.name} ${message.place} ${heard(world, message.from)}`;
}

/** A node is copied before it changes, so its text stays true. */
const nodeTexts = new WeakMap<Node, string>();

function nodeText(node: Node): string {
  const known = nodeTexts.get(node);
  if (known !== undefined) return known;
  const { replica } = node;
  const { id, incarnation, fences } = node.settings;
  const name = `${id}#${incarnation}${fences.length}`;
  const text = replica
    ? `${name} ${bookText(replica.book)} ${deskText(node, replica.desk)}`
    : `${name} down ${bookText(replayed(node).book)}`;
  nodeTexts.set(node, text);
  return text;
}

/** Whether those who wait at a branch still do depends on themselves. */
function waitersText(world: World, { callers }: Node): string {
  if (callers.size === 0) return '';
  return [...callers.values()].map((path) => `${pathText(path)}${heard(world, path)}`).join();
}

function bookText(book: Book): string {
  const { version, lastTx, pending, proposed, committed, results } = book;
  const answered = [...results].map(([entry, { position, outcome }]) => {
    const how = outcome.result === 'success' ? outcome.version : outcome.detail;
    return `${entry}/${position}=${how}`;
  });
  const known = `${book.restored}${[...book.fences].join(';')},${[...book.applied.keys()].join(';')}`;
  return `${known},${version},${lastTx},${pending?.tx},${proposed},${committed},${answered.toSorted().join()}`;
}

function deskText(node: Node, desk: Desk): string {
  const { flight, queue, queries, propagations, question, peers } = desk;
  const later = (at: number): boolean => at > node.now;
  const path = ({ call }: Caller): string => pathText(node.callers.get(call));
  const update = ({ event, money, interface: name, callers }: QueuedUpdate): string =>
    `${name}${money}${event?.entry}/${event?.position}[${callers.map(path).toSorted().join()}]`;
  return [
    flight ? `${update(flight.update)}${flight.asked}` : '',
    queue.map(update).join(),
    queries.map((query) => `${path(query)}${query.after < question.call}`).toSorted(),
    propagations.map((waiter) => `${path(waiter)}${waiter.request.tx}`).join(),
    `${question.tx},${question.call > 0},${later(question.retryAt)}`,
    later(desk.tellFrom + peers.length * desk.tellPauseMs),
    JSON.stringify([...desk.recollections]),
    ...peers.map(
      ({ call, proves, knows, acknowledged, retryAt }) =>
        `${call > 0},${call > 0 ? proves : 0},${knows},${acknowledged},${later(retryAt)}`,
    ),
  ].join(';');
}

const pathText = (path: ReturnPath | undefined): string =>
  path ? `${path.party.kind}${path.party.id}` : 'nobody';
