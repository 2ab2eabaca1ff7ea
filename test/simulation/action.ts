/**
 * One step of a schedule. Everything that may happen to the bank is one of these. With `old` it
 * happens to the process of a branch that lives on after the branch was started anew.
 */
export type Action =
  | ({ readonly do: 'deliver'; readonly old?: true } & Mail & Crash)
  /** The message is lost; its caller's attempt fails. */
  | ({ readonly do: 'drop' } & Mail)
  | ({ readonly do: 'duplicate' } & Mail)
  /** All clocks go on until the first branch is to be woken. */
  | { readonly do: 'wait' }
  /** The branch's clock reaches the time that it asked to be woken at. */
  | ({ readonly do: 'tick'; readonly branch: number; readonly old?: true } & Crash)
  /** The branch's clock goes on by so much, whatever the others' do. */
  | ({
      readonly do: 'leap';
      readonly branch: number;
      readonly ms: number;
      readonly old?: true;
    } & Crash)
  | { readonly do: 'crash'; readonly branch: number; readonly old?: true }
  /**
   * A machine with these branches is given up, and their ledgers with it. The old processes are dead,
   * or cut off and live on; `restart` starts each branch anew elsewhere, when their lease is over.
   */
  | { readonly do: 'lose'; readonly branches: readonly number[]; readonly livesOn: boolean }
  | ({ readonly do: 'restart'; readonly branch: number } & Crash)
  /** The customer asks its open event, for the first time or again, failed or not. */
  | { readonly do: 'ask'; readonly customer: number }
  /** The customer calls its open event's outcome unknown and goes on. */
  | { readonly do: 'give up'; readonly customer: number };

/** A message on its way, by its name and its place among those of the same name. */
export interface Mail {
  readonly message: string;
  readonly place?: number;
}

export interface Crash {
  /** The branch dies after it carried out this many of the step's effects. */
  readonly crashAfter?: number;
  /** It dies in the middle of writing the next record. */
  readonly torn?: boolean;
}

export function describe(action: Action): string {
  const crash = 'crashAfter' in action ? crashText(action) : '';
  const old = 'old' in action ? 'old ' : '';
  switch (action.do) {
    case 'deliver':
    case 'drop':
    case 'duplicate':
      return `${action.do} ${action.message}${placeText(action)}${old && ' to the old process'}${crash}`;
    case 'lose':
      return `lose the machine of branch ${action.branches.join(' and ')}${action.livesOn ? ', whose processes live on' : ''}`;
    case 'leap':
      return `leap ${old}branch ${action.branch} by ${action.ms} ms${crash}`;
    case 'tick':
    case 'crash':
    case 'restart':
      return `${action.do} ${old}branch ${action.branch}${crash}`;
    case 'wait':
      return 'wait';
    case 'ask':
    case 'give up':
      return `customer ${action.customer}: ${action.do}`;
  }
}

const placeText = ({ place = 0 }: Mail): string => (place > 0 ? ` (number ${place + 1})` : '');

const crashText = ({ crashAfter, torn }: Crash): string =>
  `, crash after ${crashAfter} effects${torn === true ? ' with a torn record' : ''}`;
