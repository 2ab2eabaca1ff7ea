import { setTimeout as pause } from 'node:timers/promises';
import type { MessageFault } from '../bank/faults.ts';
import type { CallResult } from '../rpc/status.ts';
import type { FellowAnswer } from './stub.ts';

export type Result = CallResult<FellowAnswer>;

/** Sends the message for real; `deadline` in milliseconds since 1970. */
export type Transmit = (deadline: number) => Promise<Result>;

/**
 * Drops, delays or duplicates a message or the answer to it.
 * @returns the answers that arrive: none is lost but told as a failure when its time is up
 */
export async function strikeMessage(
  fault: MessageFault,
  transmit: Transmit,
  deadline: number,
): Promise<Result[]> {
  const ofAnswer = fault.part === 'answer';
  switch (fault.fault) {
    case 'drop-message':
      if (ofAnswer) void transmit(deadline);
      return [await lost(deadline)];
    case 'delay-message':
      return [await Promise.race([lost(deadline), delayed(fault, transmit, deadline)])];
    case 'duplicate-message': {
      if (!ofAnswer) void transmit(deadline);
      const result = await transmit(deadline);
      return ofAnswer ? [result, result] : [result];
    }
  }
}

/** A message that never arrives is known as lost when its time is up. */
async function lost(deadline: number): Promise<Result> {
  await pause(Math.max(0, deadline - Date.now()));
  return { ok: false, failure: { status: 'DEADLINE_EXCEEDED', detail: 'no answer in time' } };
}

/** A late request reaches its branch even when nobody waits for the answer any more. */
async function delayed(
  { part, delayMs }: Extract<MessageFault, { fault: 'delay-message' }>,
  transmit: Transmit,
  deadline: number,
): Promise<Result> {
  if (part === 'answer') {
    const result = await transmit(deadline);
    await pause(delayMs);
    return result;
  }
  await pause(delayMs);
  return transmit(deadline + delayMs);
}
