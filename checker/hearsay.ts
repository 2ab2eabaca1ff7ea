import type { Replica } from './replica.ts';
import type { State } from './final-states.ts';

/**
 * A branch that lost its ledger begins with what its fellows told it. No line of its own leads to
 * that balance, so it is held against those of the replicas that reach the same version.
 */
export class Hearsay {
  readonly #replicas: ReadonlyMap<string, Replica>;
  /** Few: one for each loss of a machine. */
  readonly #told: { readonly replica: Replica; readonly state: State }[] = [];

  constructor(replicas: ReadonlyMap<string, Replica>) {
    this.#replicas = replicas;
  }

  told(replica: Replica, { version, balance, line }: State): void {
    const state = { version, balance, line };
    const before = [...this.#replicas.values()].find(
      (other) => other !== replica && other.writes && other.version === version,
    );
    if (before) compare(replica, state, before);
    else this.#told.push({ replica, state });
  }

  /** A replica has come to its version by an update, if not before then now. */
  reached(other: Replica): void {
    for (const [place, { replica, state }] of this.#told.entries()) {
      if (other === replica || other.version !== state.version) continue;
      this.#told.splice(place, 1);
      compare(replica, state, other);
      return;
    }
  }
}

function compare(replica: Replica, { version, balance, line }: State, other: Replica): void {
  if (balance === other.balance) return;
  replica.complain({
    kind: 'replay-differs',
    cause: 'unexplained',
    observed: { version, balance },
    expected: { version, balance: other.balance },
    lines: [other.line, line].filter((number) => number > 0).toSorted((one, two) => one - two),
  });
}
