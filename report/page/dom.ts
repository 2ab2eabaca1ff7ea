type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with its attributes and children; an attribute that is false or absent is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(
  label: string,
  onPress: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onPress);
  return made;
}

/** A part of the page with a heading that names it. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...children);
}

/** A choice among values; `label` names it for everybody. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  onChoose: (value: string) => void,
): HTMLLabelElement {
  // The options, too, would be part of a name that only the label around them gives.
  const select = element('select', { 'aria-label': label });
  for (const [value, text] of options) select.append(element('option', { value }, text));
  select.addEventListener('change', () => onChoose(select.value));
  return element('label', {}, element('span', {}, label), select);
}

export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element(
      'thead',
      {},
      element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text))),
    ),
    element(
      'tbody',
      {},
      ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))),
    ),
  );
}
