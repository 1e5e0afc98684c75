import type { ChangeSet } from '../core/generated/model';
import type { components } from './generated/openapi';
import { Offline, Problem } from './problem';

type Schemas = components['schemas'];

/** A diagram as the list of diagrams shows it. */
export type DiagramSummary = Readonly<Schemas['DiagramRecord']>;
export type ImportFormat = Schemas['ImportFormat'];
export type ExportFormat = Schemas['ExportFormat'];
/** What would come of an import. */
export type ImportPreview = Readonly<Schemas['Preview']>;
/** Something about the imported text, and where. */
export type Diagnostic = Readonly<Schemas['PlacedDiagnostic']>;
export type Severity = Diagnostic['severity'];
/** What an import added to a diagram, and what it left as it is. */
export type Added = Readonly<Schemas['Added']>;
export type Sample = Readonly<Schemas['Sample']>;
/** A picture of a diagram, or of a part of it. */
export type ImageWish = Readonly<
  Partial<Schemas['ImageWish']> & Pick<Schemas['ImageWish'], 'format'>
>;
export type ImageKind = Schemas['ImageKind'];
export type Exported = Readonly<Schemas['Exported']>;
export type SqlDialect = Schemas['Dialect'];
/** Scripts that lead a database to the changed diagram and back. */
export type PlannedMigration = Readonly<Schemas['PlannedMigration']>;

export function listDiagrams(shelf: 'active' | 'trash'): Promise<readonly DiagramSummary[]> {
  return get(shelf === 'trash' ? '/api/diagrams?trashed=true' : '/api/diagrams');
}

export function createDiagram(name: string): Promise<DiagramSummary> {
  return send('POST', '/api/diagrams', { name });
}

export function renameDiagram(id: string, name: string): Promise<DiagramSummary> {
  return send('PATCH', `/api/diagrams/${id}`, { name });
}

export function trashDiagram(id: string): Promise<unknown> {
  return send('DELETE', `/api/diagrams/${id}`);
}

export function restoreDiagram(id: string): Promise<unknown> {
  return send('POST', `/api/diagrams/${id}/restore`);
}

/** Takes a diagram out of the trash for good. */
export function deleteDiagram(id: string): Promise<unknown> {
  return send('DELETE', `/api/diagrams/${id}?forever=true`);
}

export function previewImport(
  format: ImportFormat,
  text: string,
  signal: AbortSignal,
): Promise<ImportPreview> {
  return send('POST', '/api/import/preview', { format, text }, signal);
}

export function importDiagram(
  name: string,
  format: ImportFormat,
  text: string,
  signal: AbortSignal,
): Promise<DiagramSummary> {
  return send('POST', '/api/diagrams/import', { name, format, text }, signal);
}

/**
 * Adds to a diagram what the text describes, and tells what of it is left out; under the same key
 * only once.
 */
export function importInto(
  id: string,
  base: number,
  key: string,
  format: ImportFormat,
  text: string,
  signal: AbortSignal,
): Promise<Added> {
  return send('POST', `/api/diagrams/${id}/import`, { base, key, format, text }, signal);
}

export function exportDiagram(
  id: string,
  format: ExportFormat,
  theme: 'light' | 'dark',
  signal: AbortSignal,
): Promise<Exported> {
  return get(`/api/diagrams/${id}/export?format=${format}&theme=${theme}`, signal);
}

/** A picture as a file, with the name that suits it. */
export async function drawDiagram(
  id: string,
  wish: ImageWish,
  signal: AbortSignal,
): Promise<{ readonly blob: Blob; readonly fileName: string }> {
  const response = await ask(`/api/diagrams/${id}/image`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
    signal,
  });
  const said = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '');
  const fileName = decodeURIComponent(said?.[1] ?? `diagram.${wish.format}`);
  return { blob: await response.blob(), fileName };
}

/** The change-set as SQL, and the SQL that undoes it. Nothing is saved. */
export function planMigration(
  id: string,
  base: number,
  changeSet: ChangeSet,
  dialect: SqlDialect,
  signal: AbortSignal,
): Promise<PlannedMigration> {
  return send('POST', `/api/diagrams/${id}/migration`, { base, changeSet, dialect }, signal);
}

export function listSamples(): Promise<readonly Sample[]> {
  return get('/api/samples');
}

export function openSample(id: string): Promise<DiagramSummary> {
  return send('POST', `/api/samples/${encodeURIComponent(id)}`);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal ? { signal } : {});
  return (await response.json()) as T;
}

export async function send<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await ask(path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Asks the server; anything but success is thrown. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Offline();
  }
  if (response.ok) return response;
  // A proxy before a server that is away answers in its place.
  if (response.status === 502 || response.status === 504) throw new Offline();
  const body: unknown = await response.json().catch(() => ({}));
  throw new Problem(response.status, isRecord(body) ? body : {});
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
