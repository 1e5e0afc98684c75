/** Something that a person is told for a while, with at most one thing to do about it. */
export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long a toast stays, in milliseconds; errors and those with an action stay longer. */
const STAY = { plain: 4_000, long: 9_000 };
const MOST = 4;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  show(toast: Omit<Toast, 'id'>): void {
    const id = this.#next++;
    this.list = [...this.list.slice(1 - MOST), { id, ...toast }];
    const isLong = toast.action !== undefined || toast.tone === 'error';
    setTimeout(() => this.dismiss(id), isLong ? STAY.long : STAY.plain);
  }

  say(text: string, action?: Toast['action']): void {
    this.show(action ? { tone: 'plain', text, action } : { tone: 'plain', text });
  }

  complain(text: string): void {
    this.show({ tone: 'error', text });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((it) => it.id !== id);
  }
}

export const toasts = new Toasts();
