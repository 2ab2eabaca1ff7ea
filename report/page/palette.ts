/** The colours of the style sheet, for what is drawn on a canvas. */
export interface Palette {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly raised: string;
  readonly bad: string;
  readonly chain: string;
  readonly focus: string;
  /** By interface; a propagation has the colour of its update. */
  readonly of: (name: string) => string;
  readonly series: readonly string[];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const byInterface: Readonly<Record<string, string>> = {
    deposit: value('deposit'),
    propagate_deposit: value('deposit'),
    withdraw: value('withdraw'),
    propagate_withdraw: value('withdraw'),
    query: value('query'),
    decide: value('decide'),
  };
  return {
    ink: value('ink'),
    faint: value('faint'),
    line: value('line'),
    surface: value('surface'),
    raised: value('raised'),
    bad: value('bad'),
    chain: value('chain'),
    focus: value('focus'),
    of: (name) => byInterface[name] ?? value('other'),
    series: ['deposit', 'withdraw', 'query', 'decide', 'fifth', 'sixth'].map(value),
  };
}
