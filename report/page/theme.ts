import { button } from './dom.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const print = matchMedia('print');
const themes = ['auto', 'light', 'dark'] as const;

/** Goes around automatic, light and dark. */
export function themeButton(): HTMLElement {
  let index = 0;
  const made = button(
    'Theme: auto',
    () => {
      index = (index + 1) % themes.length;
      const theme = themes[index] ?? 'auto';
      document.documentElement.dataset['theme'] = theme;
      made.textContent = `Theme: ${theme}`;
    },
    { class: 'theme' },
  );
  return made;
}

/** Calls back whenever colours change: by the system, by the button, or for paper. */
export function followTheme(redraw: (printed: boolean) => void): void {
  const later = (): void => redraw(print.matches);
  dark.addEventListener('change', later);
  print.addEventListener('change', later);
  // Some browsers lay out the paper before they tell that the medium has changed.
  window.addEventListener('beforeprint', () => redraw(true));
  window.addEventListener('afterprint', () => redraw(false));
  new MutationObserver(later).observe(document.documentElement, {
    attributeFilter: ['data-theme'],
  });
}
