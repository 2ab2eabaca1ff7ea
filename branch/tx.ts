import type { Tx } from './protocol.ts';

const txPattern = /^\d{1,16}\.\d{1,16}$/;

/** Whether text from elsewhere has the form of an update's identity. */
export const isTx = (tx: Tx): boolean => txPattern.test(tx);
