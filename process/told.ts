import type { BranchAddress } from '../bank/topology.ts';
import { turnTopic } from './turn.ts';

/** The message that a branch has a new place: the machine that it ran on was lost. */
export const movedTopic = 'tally:moved';

/** The message that the run is over. */
export const overTopic = 'tally:over';

/** What a supervisor tells a process of its run through the lifeline. */
export type Told =
  | { readonly topic: typeof turnTopic }
  | { readonly topic: typeof overTopic }
  | { readonly topic: typeof movedTopic; readonly branch: BranchAddress };

/** @returns undefined if this is nothing that a supervisor tells */
export function readTold(message: object): Told | undefined {
  if (!('topic' in message)) return undefined;
  if (message.topic === turnTopic) return { topic: turnTopic };
  if (message.topic === overTopic) return { topic: overTopic };
  if (message.topic !== movedTopic || !('branch' in message)) return undefined;
  const { branch } = message;
  return isAddress(branch) ? { topic: movedTopic, branch } : undefined;
}

function isAddress(value: unknown): value is BranchAddress {
  if (typeof value !== 'object' || value === null) return false;
  const fields: { [Key in keyof BranchAddress]?: unknown } = value;
  const { id, process, target, balance, node, incarnation } = fields;
  return (
    Number.isSafeInteger(id) &&
    typeof process === 'string' &&
    typeof target === 'string' &&
    Number.isSafeInteger(balance) &&
    (node === undefined || typeof node === 'string') &&
    (incarnation === undefined || Number.isSafeInteger(incarnation))
  );
}
