/** What the person chose; `system` follows the computer. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'crowfoot.theme';

/** The colours of the app: the person's choice, and what it comes down to now. */
class Theme {
  readonly #isSystemDark = matchMedia('(prefers-color-scheme: dark)');
  choice = $state<ThemeChoice>(remembered());
  #isDarkOutside = $state(this.#isSystemDark.matches);
  readonly now: 'light' | 'dark' = $derived(
    this.choice === 'system' ? (this.#isDarkOutside ? 'dark' : 'light') : this.choice,
  );

  /** Applies the theme, now and whenever it changes. */
  start(): void {
    this.#isSystemDark.addEventListener('change', (event) => {
      this.#isDarkOutside = event.matches;
    });
    $effect.root(() => {
      $effect.pre(() => {
        document.documentElement.dataset['theme'] = this.now;
      });
    });
    document.documentElement.dataset['theme'] = this.now;
  }

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    localStorage.setItem(KEY, choice);
  }
}

function remembered(): ThemeChoice {
  const saved = localStorage.getItem(KEY);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export const theme = new Theme();
