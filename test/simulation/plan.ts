import type { CustomerPlan, CustomerRequest } from './customer.ts';
import type { Random } from './random.ts';

export interface Plan {
  readonly branches: number;
  readonly balance: number;
  readonly customers: readonly CustomerPlan[];
  /** Each branch has the next one for its witness, as on machines of their own. */
  readonly witnesses?: boolean;
  /** Ledgers outlive the machines, and a branch that recovers can read those of the lost. */
  readonly sharedLedgers?: boolean;
}

/** A bank and what its customers want: a few branches, and customers in each other's way. */
export function randomPlan(random: Random): Plan {
  const branches = random.pick([1, 2, 2, 2, 3, 3, 3, 4, 5]);
  const count = random.between(1, 4);
  const queries = random.pick([0, 0.2, 0.7]);
  const customers = Array.from({ length: count }, (_, place) =>
    randomCustomer(random, { entry: place + 1, branches, queries }),
  );
  const balance = random.pick([0, 10, 10, 400]);
  const witnesses = random.chance(0.5);
  return { branches, balance, customers, witnesses, sharedLedgers: random.chance(0.5) };
}

interface Kind {
  readonly entry: number;
  readonly branches: number;
  readonly queries: number;
}

function randomCustomer(random: Random, { entry, branches, queries }: Kind): CustomerPlan {
  const outside = random.chance(0.1);
  const length = random.pick([1, 1, 2, 3, 5]);
  const script = Array.from({ length }, (_, place): CustomerRequest => {
    if (random.chance(queries)) return { interface: 'query' };
    const name = random.pick(['deposit', 'withdraw'] as const);
    const money = random.between(1, 12);
    if (outside) return { interface: name, money };
    return { interface: name, money, event: { entry, position: place + 1 } };
  });
  const patienceMs = random.pick([10_000, 10_000, 10_000, 30]);
  return { branch: random.between(1, branches), script, patienceMs };
}
