import type { TableId } from './generated/model';
import { freshKey } from './key';

/** A draft that an earlier visit left unsaved in this browser. */
export interface KeptDraft {
  readonly table: TableId;
  readonly label: string;
  /** When it was last edited, in milliseconds since 1970. */
  readonly at: number;
  /** What is pending in it: `2 columns changed, 1 foreign key added`. */
  readonly counts: string;
}

/** Where texts outlive the page, by key: the browser's `localStorage`. */
export interface DraftStorage {
  keys(): readonly string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

interface Entry {
  readonly label: string;
  readonly at: number;
  readonly counts: string;
  /** What the core reads. */
  readonly draft: string;
}

/** Writing after every key that is pressed would be waste. */
const WAIT = 200;

/**
 * Keeps the unsaved drafts of a diagram in the browser. Each open editor has its own entries and
 * holds a lock while it lives, so that tabs do not trample on one another: what an entry without a
 * living owner holds was left behind, by a reload or a crash, and is offered again.
 */
export class KeptDrafts {
  readonly #storage: DraftStorage;
  readonly #diagram: string;
  readonly #owner: string;
  /** Keys of what was left behind, newest first. */
  #left: { readonly key: string; readonly table: TableId }[] = [];
  readonly #due = new Map<TableId, () => Entry>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #letGo: () => void = () => undefined;
  readonly #flush = () => this.flush();

  constructor(storage: DraftStorage, diagram: string, owner: string) {
    this.#storage = storage;
    this.#diagram = diagram;
    this.#owner = owner;
  }

  /** Finds what was left behind, and holds the own lock from now on. */
  static async open(diagram: string, storage: DraftStorage = browserStorage): Promise<KeptDrafts> {
    const kept = new KeptDrafts(storage, diagram, freshKey());
    const alive = await owners();
    await kept.#hold();
    kept.#find(alive);
    globalThis.addEventListener?.('pagehide', kept.#flush);
    return kept;
  }

  list(): readonly KeptDraft[] {
    const seen = new Set<TableId>();
    const found: KeptDraft[] = [];
    for (const { key, table } of this.#left) {
      const entry = this.#read(key);
      if (entry === null || seen.has(table)) continue;
      seen.add(table);
      found.push({ table, label: entry.label, at: entry.at, counts: entry.counts });
    }
    return found;
  }

  /** The newest draft of the table that was left behind. */
  read(table: TableId): string | null {
    const found = this.#newest(table);
    return found === undefined ? null : (this.#read(found.key)?.draft ?? null);
  }

  /** Removes what `read` gives; an older one of the same table is offered next. */
  forget(table: TableId): void {
    const found = this.#newest(table);
    if (found === undefined) return;
    this.#storage.remove(found.key);
    this.#left = this.#left.filter((it) => it !== found);
  }

  put(table: TableId, label: string, counts: string, draft: () => string): void {
    this.#due.set(table, () => ({ label, counts, at: Date.now(), draft: draft() }));
    this.#timer ??= setTimeout(this.#flush, WAIT);
  }

  remove(table: TableId): void {
    this.#due.delete(table);
    this.#storage.remove(this.#key(table));
  }

  /** Writes what is due. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [table, entry] of this.#due) {
      this.#storage.set(this.#key(table), JSON.stringify(entry()));
    }
    this.#due.clear();
  }

  close(): void {
    this.flush();
    globalThis.removeEventListener?.('pagehide', this.#flush);
    this.#letGo();
  }

  #key(table: TableId): string {
    return `${prefix(this.#diagram)}${table}/${this.#owner}`;
  }

  #newest(table: TableId) {
    return this.#left.find((it) => it.table === table && this.#read(it.key) !== null);
  }

  #read(key: string): Entry | null {
    const text = this.#storage.get(key);
    if (text === null) return null;
    try {
      const entry = JSON.parse(text) as Entry;
      return typeof entry.draft === 'string' ? entry : null;
    } catch {
      return null;
    }
  }

  #find(alive: ReadonlySet<string>): void {
    const start = prefix(this.#diagram);
    const found = this.#storage.keys().flatMap((key) => {
      const [table, owner] = key.startsWith(start) ? key.slice(start.length).split('/') : [];
      if (table === undefined || owner === undefined || alive.has(lockName(owner))) return [];
      return [{ key, table, at: this.#read(key)?.at ?? 0 }];
    });
    this.#left = found.sort((a, b) => b.at - a.at);
  }

  /** Holds the lock that says that this editor lives. */
  async #hold(): Promise<void> {
    const locks = lockManager();
    if (locks === undefined) return;
    await new Promise<void>((held) => {
      void locks
        .request(lockName(this.#owner), () => {
          held();
          return new Promise<void>((letGo) => (this.#letGo = letGo));
        })
        .catch(() => held());
    });
  }
}

function prefix(diagram: string): string {
  return `crowfoot/draft/${diagram}/`;
}

function lockName(owner: string): string {
  return `crowfoot/editor/${owner}`;
}

function lockManager(): LockManager | undefined {
  return (globalThis.navigator as Navigator | undefined)?.locks;
}

/** The locks that editors hold in any tab. */
async function owners(): Promise<ReadonlySet<string>> {
  const state = await lockManager()?.query();
  return new Set(state?.held?.flatMap((it) => it.name ?? []) ?? []);
}

/** `localStorage`, which may be full or forbidden: a draft that is not kept can still be saved. */
const browserStorage: DraftStorage = {
  keys: () => attempt(() => Object.keys(localStorage)) ?? [],
  get: (key) => attempt(() => localStorage.getItem(key)) ?? null,
  set: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  remove: (key) => void attempt(() => localStorage.removeItem(key)),
};

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
