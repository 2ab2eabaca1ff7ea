import type { SettledRecord } from '../bank/history.ts';
import type { Report } from './account-check.ts';
import type { Explanation } from './cause.ts';
import { linesOf, updateFacts } from './operation.ts';
import type { Replica } from './replica.ts';
import type { Cause } from './verdict.ts';

/** The state of a replica by the record in `line`. */
export interface State {
  readonly version: number;
  readonly balance: number;
  readonly line: number;
}

/** In which states the account may have ended by what customers were told. */
export interface FinalAccount {
  /** Empty when too many outcomes are unknown to tell. */
  readonly balances: readonly number[];
  /** What would explain another balance than the expected one. */
  readonly explain: (observed: number, expected: number) => Explanation;
}

/** Checks that all replicas end in one state, which is the one that the answers lead to. */
export class FinalStates {
  readonly #report: Report;
  readonly #settled = new Map<string, State>();

  constructor(report: Report) {
    this.#report = report;
  }

  /** The state that the branch told when it had settled. */
  stateOf(process: string): State | undefined {
    return this.#settled.get(process);
  }

  /** `own`: the state of the branch at this moment by its own records, if they tell. */
  settled({ subject, version, balance }: SettledRecord, line: number, own?: State): void {
    const state = { version, balance, line };
    this.#settled.set(subject, state);
    if (own) this.#compare(subject, state, own);
  }

  /** Compares what is comparable; of branches that write no records, what they told. */
  finish(replicas: readonly Replica[], account: FinalAccount): void {
    const states = replicas.flatMap((replica) => {
      const settled = this.#settled.get(replica.place.process);
      if (settled === undefined) return [];
      const { writes, place } = replica;
      return [{ process: place.process, writes, state: writes ? replica : settled }];
    });
    const latest = Math.max(...states.map(({ state }) => state.version));
    let told = false;
    for (const { process, writes, state } of states) {
      const behind = state.version < latest;
      // A replica that writes is told of by the very update that it lacks.
      if (behind && writes) continue;
      const [expected] = account.balances;
      if (behind) this.#complainOfVersion(process, state, latest);
      else if (expected !== undefined && !account.balances.includes(state.balance)) {
        // All replicas agree on it, so one of them speaks for all.
        this.#complainOfBalance(process, state, account, told);
        told = true;
      }
    }
  }

  #compare(process: string, state: State, own: State): void {
    if (state.version === own.version && state.balance === own.balance) return;
    this.#report({
      kind: 'final-differs',
      cause: causeOf(state.version, own.version),
      process,
      observed: { version: state.version, balance: state.balance },
      expected: { version: own.version, balance: own.balance },
      lines: own.line > 0 ? [own.line, state.line] : [state.line],
    });
  }

  #complainOfVersion(process: string, { version, balance, line }: State, latest: number): void {
    this.#report({
      kind: 'final-differs',
      cause: 'lost',
      process,
      observed: { version, balance },
      expected: { version: latest },
      lines: [line],
    });
  }

  #complainOfBalance(
    process: string,
    { version, balance, line }: State,
    { balances, explain }: FinalAccount,
    told: boolean,
  ): void {
    const [first = 0] = balances;
    const { cause, update } = explain(balance, first);
    this.#report(
      {
        kind: 'final-differs',
        cause,
        process,
        ...(update ? { update: updateFacts(update) } : {}),
        observed: { version, balance },
        expected: balances.length === 1 ? { balance: first } : { balances },
        lines: [...(update ? linesOf(update) : []), line],
      },
      told,
    );
  }
}

function causeOf(version: number, expected: number): Cause {
  if (version === expected) return 'altered';
  return version < expected ? 'lost' : 'phantom';
}
