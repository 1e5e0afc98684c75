import { Offline, Problem } from './problem';

/** A diagram as the list of diagrams shows it. */
export interface DiagramSummary {
  readonly id: string;
  readonly name: string;
  readonly dialect: 'postgresql' | 'mysql' | 'sqlite' | null;
  readonly revision: number;
  readonly nTables: number;
  readonly nRefs: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly trashedAt?: string | null;
}

export type ImportFormat = 'auto' | 'postgresql' | 'mysql' | 'sqlite' | 'dbml' | 'json';
export type ExportFormat = 'postgresql' | 'mysql' | 'sqlite' | 'dbml' | 'json' | 'svg';
export type Severity = 'error' | 'warning' | 'info';

/** What would come of an import. */
export interface ImportPreview {
  readonly format: Exclude<ImportFormat, 'auto'>;
  readonly counts: Readonly<Record<string, number>>;
  readonly tables: readonly PreviewTable[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface PreviewTable {
  readonly schema?: string | null;
  readonly name: string;
  readonly nColumns: number;
}

/** Something about the imported text, and where. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly excerpt: string;
}

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export interface Exported {
  readonly text: string;
  readonly notices: readonly Notice[];
  readonly fileName: string;
}

/** What a target cannot say, and what was printed instead. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

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
): Promise<DiagramSummary> {
  return send('POST', '/api/diagrams/import', { name, format, text });
}

/** Adds to a diagram what the text describes. */
export function importInto(
  id: string,
  base: number,
  format: ImportFormat,
  text: string,
): Promise<unknown> {
  return send('POST', `/api/diagrams/${id}/import`, { base, format, text });
}

export function exportDiagram(
  id: string,
  format: ExportFormat,
  theme: 'light' | 'dark',
  signal: AbortSignal,
): Promise<Exported> {
  return get(`/api/diagrams/${id}/export?format=${format}&theme=${theme}`, signal);
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
