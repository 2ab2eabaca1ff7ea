import type { PageData } from '../data.ts';
import { duration, exactly, plural } from '../picture/words.ts';
import { element, table } from './dom.ts';

const rowsShown = 12;

interface Start {
  readonly name: string;
  /** Its machine, when there are several. */
  readonly node: string | undefined;
  readonly life: number;
  readonly start: number;
  readonly online: number | null;
  readonly ready: number | null;
}

/** How long processes took from their start until they served or acted, the slowest first. */
export function startsView(data: PageData): HTMLElement {
  const all = startsOf(data);
  const known = all.filter(({ ready }) => ready !== null);
  const slowest = known.toSorted((a, b) => tookOf(b) - tookOf(a)).slice(0, rowsShown);
  const most = Math.max(1, ...slowest.map(tookOf));
  const hasNodes = data.starts.node.length > 0;
  const rows = slowest.map((start) => [
    `${start.name}${start.life > 0 ? ` (restart ${start.life})` : ''}`,
    ...(hasNodes ? [start.node ?? '–'] : []),
    exactly(start.start),
    start.online === null ? '–' : duration(start.online - start.start),
    duration(tookOf(start)),
    bar(start, most),
  ]);
  const rest = all.length - slowest.length;
  const caption = `From start to ready${rest > 0 ? `, the slowest ${slowest.length} of ${all.length}` : ''}`;
  const head = ['Process', ...(hasNodes ? ['Node'] : []), 'Started at', 'Online', 'Ready', ''];
  const made = table(caption, head, rows);
  made.classList.add('numbers');
  const never = all.length - known.length;
  const note = never > 0 ? `${plural(never, 'life', 'lives')} ended before readiness.` : '';
  return element('div', { class: 'wide' }, made, element('p', { class: 'note' }, note));
}

function startsOf({ starts, texts }: PageData): Start[] {
  return starts.start.map((start, row) => ({
    name: texts[starts.process[row] ?? -1] ?? '',
    node: texts[starts.node[row] ?? -1],
    life: starts.life[row] ?? 0,
    start: start ?? 0,
    online: starts.online[row] ?? null,
    ready: starts.ready[row] ?? null,
  }));
}

const tookOf = ({ start, ready }: Start): number => (ready ?? start) - start;

/** Light until the process is online, full until it is ready. */
function bar(start: Start, most: number): HTMLElement {
  const online = (start.online ?? start.start) - start.start;
  const made = element('span', { class: 'bar', 'aria-hidden': 'true' });
  for (const took of [online, tookOf(start) - online]) {
    const part = element('i');
    part.style.width = `${(100 * Math.max(0, took)) / most}%`;
    made.append(part);
  }
  return made;
}
