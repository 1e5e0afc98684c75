import type { Committed, Sent, Transport, TransportEvent } from './transport';

/** Stands in for the core: counts revisions and keeps what waits, without any diagram. */
export class FakeCore {
  waiting: { ticket: number; description: string }[] = [];
  received: [number, string, number | undefined][] = [];
  at = 1;
  isFree = false;
  #next = 1;

  open() {
    return '{"ok":null}';
  }
  reopen(snapshot: string) {
    this.at = (JSON.parse(snapshot) as { revision: number }).revision;
    return answer({ touched: touched(['all']), dropped: [] });
  }
  diagram_id() {
    return 'd1';
  }
  revision() {
    return this.at;
  }
  is_routed() {
    return true;
  }
  route_more() {
    return true;
  }
  n_pending() {
    return this.waiting.length;
  }
  run(command: string) {
    const description = (JSON.parse(command) as { do: string }).do;
    if (description === 'bad') {
      return JSON.stringify({ error: { code: 'x/y', message: 'no', reasons: [] } });
    }
    this.waiting.push({ ticket: this.#next++, description });
    return answer({ description, touched: touched(['t']), created: {} });
  }
  outgoing() {
    const [first] = this.waiting;
    if (first === undefined) return answer(null);
    const changeSet = { description: first.description, changes: [] };
    return answer({ ticket: first.ticket, base: this.at, changeSet });
  }
  receive(revision: number, changes: string, own: number | undefined) {
    this.at = revision;
    this.received.push([
      revision,
      (JSON.parse(changes) as { description: string }).description,
      own,
    ]);
    this.waiting = this.waiting.filter((it) => it.ticket !== own);
    for (const [table, draft] of this.drafts) {
      draft.hasConflict ||= this.conflicting.delete(table);
    }
    return answer({ touched: touched(own === undefined ? ['t'] : []), dropped: [] });
  }
  drop_pending(ticket: number, reasons: string) {
    this.waiting = this.waiting.filter((it) => it.ticket !== ticket);
    const dropped = [{ ticket, description: '', reasons: JSON.parse(reasons) as string[] }];
    return answer({ touched: touched(['t']), dropped });
  }

  // Drafts: what is pending is a list of words.

  drafts = new Map<string, FakeDraft>();
  /** Tables whose next change of others is a conflict. */
  conflicting = new Set<string>();
  #stale: string[] = [];

  draft(table: string, call: string) {
    const asked = JSON.parse(call) as { call: string; edit?: { name: string }; choice?: string };
    const known = this.drafts.get(table);
    if (asked.call === 'open' && known === undefined) this.drafts.set(table, new FakeDraft());
    if (asked.call === 'edit') known?.edits.push(asked.edit?.name ?? '');
    if (asked.call === 'discard') this.drafts.delete(table);
    if (asked.call === 'resolve' && known !== undefined) known.hasConflict = false;
    return answer(this.#view(table));
  }
  take_stale_drafts() {
    return answer(this.#stale.splice(0));
  }
  send_draft(table: string) {
    if (this.waiting.length > 0) return fault('draft/not-yet');
    const draft = this.drafts.get(table);
    if (draft === undefined) return fault('draft/none');
    if (draft.hasConflict) return fault('draft/conflicts');
    if (draft.edits.includes('bad')) return fault('schema/empty-name');
    if (draft.edits.length === 0) return answer(null);
    draft.nSent = draft.edits.length;
    const changeSet = { description: draft.edits.join(' '), changes: [] };
    return answer({ base: this.at, changeSet });
  }
  draft_saved(table: string, revision: number, changes: string) {
    this.at = revision;
    const { description } = JSON.parse(changes) as { description: string };
    this.received.push([revision, description, undefined]);
    this.draft_confirmed(table);
    return answer({ touched: touched([table]), dropped: [] });
  }
  draft_confirmed(table: string) {
    const draft = this.drafts.get(table);
    draft?.edits.splice(0, draft.nSent);
    this.#stale.push(table);
    return answer(null);
  }
  draft_not_saved(table: string, reasons: string) {
    const draft = this.drafts.get(table);
    if (draft !== undefined) draft.reasons = JSON.parse(reasons) as unknown[];
    return answer(null);
  }
  keep_draft(table: string) {
    const edits = this.drafts.get(table)?.edits ?? [];
    return answer(edits.length === 0 ? null : { table, edits });
  }
  restore_draft(kept: string) {
    const { table, edits } = JSON.parse(kept) as { table: string; edits: string[] };
    const draft = new FakeDraft();
    draft.edits = edits;
    this.drafts.set(table, draft);
    return answer(this.#view(table));
  }
  #view(table: string) {
    const draft = this.drafts.get(table);
    if (draft === undefined) return null;
    return {
      table,
      label: `table ${table}`,
      isDirty: draft.edits.length > 0,
      conflicts: draft.hasConflict ? [{ id: 'c' }] : [],
      problems: draft.reasons,
      counts: { words: draft.edits.join(', ') },
    };
  }
  free() {
    this.isFree = true;
  }
}

class FakeDraft {
  edits: string[] = [];
  nSent = 0;
  hasConflict = false;
  reasons: unknown[] = [];
}

function fault(code: string) {
  return JSON.stringify({ error: { code, message: 'no', reasons: [] } });
}

function answer(ok: unknown) {
  return JSON.stringify({ ok });
}

function touched(tables: string[]) {
  return {
    tables,
    refs: [],
    enums: false,
    groups: false,
    notes: false,
    settings: false,
    all: false,
  };
}

/** A server that commits whatever comes, once a key, until it is told otherwise. */
export class FakeServer implements Transport {
  log: Committed[] = [];
  answers: Sent[] = [];
  keys: string[] = [];
  /** All that was sent, in order. */
  bodies: string[] = [];
  /** How many answers are lost on their way, though the server did its work. */
  nLost = 0;
  /** Whether questions go unanswered. */
  isMute = false;
  /** How many commits are listed at once. */
  page = Infinity;
  tell: (event: TransportEvent) => void = () => undefined;

  get revision() {
    return 1 + this.log.length;
  }
  snapshot() {
    if (this.isMute) return Promise.reject(new Error('nobody answers'));
    return Promise.resolve(JSON.stringify({ revision: this.revision }));
  }
  send(change: Parameters<Transport['send']>[0]): Promise<Sent> {
    const { key, changeSet } = change;
    this.keys.push(key);
    this.bodies.push(JSON.stringify(change));
    const other = this.answers.shift();
    if (other !== undefined) return Promise.resolve(other);
    const known = this.log.find((it) => it.key === key);
    const { revision } = known ?? this.commit(key, changeSet.description);
    if (this.nLost > 0) {
      this.nLost -= 1;
      return Promise.resolve({ kind: 'offline' });
    }
    return Promise.resolve({ kind: 'saved', revision, changeSet });
  }
  commit(key: string, description: string): Committed {
    const committed = { revision: this.revision + 1, changeSet: { description, changes: [] }, key };
    this.log.push(committed);
    return committed;
  }
  changesAfter(revision: number) {
    if (this.isMute) return Promise.reject(new Error('nobody answers'));
    return Promise.resolve(this.log.filter((it) => it.revision > revision).slice(0, this.page));
  }
  listen(_after: number, on: (event: TransportEvent) => void) {
    this.tell = on;
    return () => undefined;
  }
}
