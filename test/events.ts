/** Events and results in few words, so that a case fits on a line. */
import type { EventResult } from '../bank/result.ts';
import type { Event } from '../bank/scenario.ts';

/** "query", "deposit 170", "withdraw 70"; ids count from 1. */
export function events(...words: readonly string[]): Event[] {
  return words.map((text, index) => {
    const [name, money] = text.split(' ');
    const id = index + 1;
    if (name === 'deposit' || name === 'withdraw')
      return { id, interface: name, money: Number(money) };
    return { id, interface: 'query' };
  });
}

/** The balance, or the result and its reason: 570, "success", "fail overdraft". */
export function inShort(results: readonly EventResult[]): (number | string)[] {
  return results.map(
    ({ result, balance, reason }) => balance ?? (reason ? `${result} ${reason}` : result),
  );
}
