import type { ChainLink, PageData } from '../data.ts';
import { count, duration, exactly } from '../picture/words.ts';
import { button, element, table } from './dom.ts';

const linksShown = 10;

/** Where the time of the run went: the phases of its critical chain, and its longest links. */
export function chainView(data: PageData, onShow: (link: ChainLink) => void): HTMLElement {
  const { chain, run } = data;
  const share = (took: number): string =>
    `${((100 * took) / Math.max(1, run.duration)).toFixed(1)} %`;
  const bar = element('div', { class: 'stack', 'aria-hidden': 'true' });
  for (const [index, { phase, took }] of chain.phases.entries()) {
    const part = element('span', {
      class: `phase-${index % 8}`,
      title: `${phase}: ${duration(took)}`,
    });
    part.style.flexGrow = String(took);
    bar.append(part);
  }
  const rows = chain.phases.map(({ phase, took, links }, index) => [
    element('span', {}, element('i', { class: `swatch phase-${index % 8}` }), phase),
    duration(took),
    share(took),
    count(links),
  ]);
  const phases = table(
    'Time by phase, along the chain of all that had to wait for each other',
    ['Phase', 'Time', 'Share', 'Links'],
    rows,
  );
  phases.classList.add('numbers');
  return element(
    'div',
    {},
    bar,
    element(
      'div',
      { class: 'columns' },
      element('div', {}, phases),
      element('div', {}, longestLinks(data, onShow)),
    ),
  );
}

function longestLinks({ chain }: PageData, onShow: (link: ChainLink) => void): HTMLElement {
  if (chain.links.length === 0)
    return element(
      'p',
      { class: 'note' },
      'The chain is too long for this page to list its links.',
    );
  const longest = chain.links
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, linksShown);
  const rows = longest.map((link) => [
    button(link.text, () => onShow(link), { class: 'link' }),
    duration(link.to - link.from),
    exactly(link.from),
  ]);
  const made = table('Its longest links', ['Until', 'Time', 'From'], rows);
  made.classList.add('numbers');
  return made;
}
