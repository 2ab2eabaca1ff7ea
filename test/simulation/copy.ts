import type { Book } from '../../branch/book.ts';
import type { Desk, Peer, QueuedUpdate } from '../../branch/desk.ts';

/** Copies that share nothing that the core ever changes. */
export const copyBook = (book: Book): Book => ({
  ...book,
  results: new Map(book.results),
  applied: new Map(book.applied),
  fences: new Map(book.fences),
});

export function copyDesk(desk: Desk): Desk {
  const peers = desk.peers.map((peer) => ({ ...peer }));
  const copyOf = (peer: Peer): Peer => peers.find(({ id }) => id === peer.id) ?? peer;
  const { flight } = desk;
  return {
    ...desk,
    flight: flight && { ...flight, update: copyUpdate(flight.update) },
    queue: desk.queue.map(copyUpdate),
    queries: [...desk.queries],
    propagations: [...desk.propagations],
    settles: [...desk.settles],
    question: { ...desk.question },
    recollections: new Map(desk.recollections),
    peers,
    calls: new Map([...desk.calls].map(([call, peer]) => [call, copyOf(peer)])),
  };
}

const copyUpdate = (update: QueuedUpdate): QueuedUpdate => ({
  ...update,
  callers: [...update.callers],
});
