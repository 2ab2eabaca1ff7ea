/** The message of the supervisor that a customer's turn has come, sent through pm2's channel. */
export const turnTopic = 'tally:turn';

/**
 * Resolves when it is this process's turn. Customers are started ahead, and act one by one. A
 * process that nobody can send messages to was started by hand, and has its turn at once.
 */
export function awaitTurn(process: NodeJS.Process): Promise<void> {
  if (process.send === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      if (!isTurn(message)) return;
      process.off('message', hear);
      resolve();
    };
    process.on('message', hear);
  });
}

const isTurn = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'topic' in message &&
  message.topic === turnTopic;
