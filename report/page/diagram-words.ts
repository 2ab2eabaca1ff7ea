import type { Hit } from '../picture/hit.ts';
import type { Picture } from '../picture/picture.ts';
import { count, plural } from '../picture/words.ts';
import { messageTitle } from './details.ts';
import { element } from './dom.ts';
import type { State } from './state.ts';

export function tipText({ data }: State, hit: Hit): string {
  if (hit.sort === 'band') return hit.text;
  if (hit.sort === 'message') return messageTitle(data, hit.row);
  const { marks, texts } = data;
  const kind = texts[marks.kind[hit.row] ?? -1];
  const tx = texts[marks.tx[hit.row] ?? -1];
  const balance = marks.balance[hit.row] ?? null;
  const note = texts[marks.note[hit.row] ?? -1];
  const parts = [kind, tx, note, balance === null ? undefined : `balance ${count(balance)}`];
  return parts.filter((part) => part !== undefined).join(' · ');
}

export function summary({ data }: State): string {
  const { run, counts } = data;
  const lanes = `${plural(run.customers, 'customer')} and ${plural(run.branches.length, 'branch', 'branches')}`;
  return `Space-time diagram of ${lanes}, ${plural(counts.messages, 'message')}. The table of events below says the same in words.`;
}

const levels = {
  arrows: 'each drawn as an arrow',
  fans: 'fan-outs collapsed',
  activity: 'drawn as activity; zoom in or filter for arrows',
} as const;

export function statusText(picture: Picture, { masks, scene }: State): string {
  const all = scene.messages.length;
  const { inView, level, hiddenMarks } = picture;
  const matches = `${count(masks.shown)} of ${plural(all, 'message')} match. `;
  const legs = plural(inView, 'request or answer', 'requests and answers');
  const hidden =
    hiddenMarks > 0 ? ` ${plural(hiddenMarks, 'mark')} would hide them; zoom in to see those.` : '';
  return `${masks.shown < all ? matches : ''}${legs} in view, ${levels[level]}.${hidden}`;
}

export function help(): HTMLElement {
  return element(
    'p',
    { id: 'keys', class: 'help' },
    'Wheel or + and − zoom, drag or ← → pan, ↑ ↓ or shift+wheel scroll the lanes, n and p step through messages, 0 shows all, Esc closes. Click a line or a mark for all that the history says about it.',
  );
}
