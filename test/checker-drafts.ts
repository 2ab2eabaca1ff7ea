import type { CallContent, CallOutcome, HistoryContent, HistoryRecord } from '../bank/history.ts';

/** A record that is to be written at a time, in seconds. */
export type Draft = { readonly time: number; readonly process: string; readonly reborn?: true } & (
  | { readonly content: HistoryContent }
  /** One end of a call; the message's id is given when the call is written. */
  | {
      readonly end: 'call' | 'receive' | 'reply' | 'return';
      readonly message: Message;
      readonly told?: CallOutcome;
    }
);

/** A call under way: its id is given when it is written first. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly asked: CallContent;
  readonly outside: boolean;
  id: string;
}

/** Gives every record its stamp and every message its id, in the order of time. */
export function writeDrafts(drafts: readonly Draft[]): HistoryRecord[] {
  const lives = new Map<string, number>();
  const counts = new Map<string, number>();
  const inOrder = drafts.toSorted((one, other) => one.time - other.time);
  return inOrder.map((draft, index): HistoryRecord => {
    const { process } = draft;
    const life = (lives.get(process) ?? 0) + (draft.reborn ? 1 : 0);
    lives.set(process, life);
    const count = (counts.get(`${process}/${life}`) ?? 0) + 1;
    counts.set(`${process}/${life}`, count);
    const mono = Math.round(draft.time * 1e6);
    const stamp = { process, life, wall: mono / 1_000, mono, clock: index };
    if ('content' in draft) return { ...stamp, ...draft.content };
    return { ...stamp, ...endOf(draft, `${process}/${life}`, count) };
  });
}

function endOf(
  draft: Extract<Draft, { end: string }>,
  life: string,
  count: number,
): HistoryContent {
  const { message, told = {} } = draft;
  const { asked, from, to, outside } = message;
  const { interface: name } = asked;
  switch (draft.end) {
    case 'call':
      message.id = `${life}/${count}`;
      return { kind: 'call', message: message.id, to, attempt: 1, ...asked };
    case 'receive':
      if (outside) message.id = `${life}/outside-${count}`;
      return {
        kind: 'receive',
        message: message.id,
        from,
        ...asked,
        ...(outside ? { outside } : {}),
      };
    case 'reply':
      return { kind: 'reply', message: message.id, interface: name, to: from, ...told };
    case 'return':
      return { kind: 'return', message: message.id, interface: name, from: to, ...told };
  }
}
