/** What the server answered instead of what was asked for, as RFC 9457 has it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** A stable name such as `diagram-not-found`. */
  readonly code: string;
  /** The whole document, for what a code adds to it. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(text(body['detail']) ?? text(body['title']) ?? `the server answered ${status}`);
    this.status = status;
    this.code = text(body['code']) ?? `http-${status}`;
    this.body = body;
  }
}

/** Nobody answered. */
export class Offline extends Error {
  override readonly name = 'Offline';

  constructor() {
    super('the server cannot be reached');
  }
}

/** What to tell a person about anything that was thrown. */
export function inWords(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
