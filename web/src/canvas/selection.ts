import type { NoteId, RefId, TableId } from '../core/generated/model';

/** What is selected. Replaced and never changed in place. */
export class Selection {
  readonly tables: ReadonlySet<TableId>;
  readonly refs: ReadonlySet<RefId>;
  readonly notes: ReadonlySet<NoteId>;

  static readonly none = new Selection();

  constructor(
    tables: Iterable<TableId> = [],
    refs: Iterable<RefId> = [],
    notes: Iterable<NoteId> = [],
  ) {
    this.tables = new Set(tables);
    this.refs = new Set(refs);
    this.notes = new Set(notes);
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get size(): number {
    return this.tables.size + this.refs.size + this.notes.size;
  }

  /** Both together. */
  with(other: Selection): Selection {
    return new Selection(
      [...this.tables, ...other.tables],
      [...this.refs, ...other.refs],
      [...this.notes, ...other.notes],
    );
  }

  /** What is in one of the two and not in both. */
  toggled(other: Selection): Selection {
    return new Selection(
      difference(this.tables, other.tables),
      difference(this.refs, other.refs),
      difference(this.notes, other.notes),
    );
  }

  /** Whether all of the other one is selected. */
  has(other: Selection): boolean {
    return (
      [...other.tables].every((it) => this.tables.has(it)) &&
      [...other.refs].every((it) => this.refs.has(it)) &&
      [...other.notes].every((it) => this.notes.has(it))
    );
  }

  equals(other: Selection): boolean {
    return this.size === other.size && this.has(other);
  }
}

function difference<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] {
  return [...[...a].filter((it) => !b.has(it)), ...[...b].filter((it) => !a.has(it))];
}
