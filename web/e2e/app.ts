import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { test as base, expect, type Locator, type Page } from '@playwright/test';

const BINARY = process.env['CROWFOOT_BINARY'] ?? resolve('../target/debug/crowfoot');
/** A web app to serve in place of the one that the binary holds. */
const WEB_DIR = process.env['CROWFOOT_WEB_DIR'];

/** A server of its own for each worker: a free port, and a file that is gone afterwards. */
async function startServer(): Promise<{ address: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'crowfoot-e2e-'));
  const server = spawn(
    BINARY,
    [
      ...['serve', '--data', join(folder, 'test.sqlite'), '--listen', '127.0.0.1:0'],
      ...(WEB_DIR === undefined ? [] : ['--web-dir', WEB_DIR]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((done) => server.once('exit', () => done()));
  const address = await addressOf(server);
  return {
    address,
    stop: async () => {
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address that the server prints once it answers. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address !== undefined) found(address);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`the server ended (${code}): ${said}`)));
  });
}

/** What tests do in the app, in the words of a person. */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Makes a diagram of a text by the API, and opens it. */
  async open(text: string, name = 'Test'): Promise<string> {
    const made = await this.page.request.post('/api/diagrams/import', {
      data: { name, format: 'auto', text },
    });
    expect(made.ok(), await made.text()).toBe(true);
    const { id } = (await made.json()) as { id: string };
    await this.page.goto(`/d/${id}`);
    await expect(this.page.getByText('Saved')).toBeVisible();
    return id;
  }

  /** The text of an export, as the server prints it. */
  async exported(id: string, format: string): Promise<string> {
    const answer = await this.page.request.get(`/api/diagrams/${id}/export?format=${format}`);
    return ((await answer.json()) as { text: string }).text;
  }

  async tab(name: 'Tables' | 'Refs' | 'Enums' | 'Groups' | 'Views'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  /** The rows of the Refs tab. */
  get refs() {
    return this.page.getByRole('list', { name: 'Refs', exact: true }).getByRole('button');
  }

  /** Types into a combobox and takes the first option. */
  async pick(label: string, typed: string): Promise<void> {
    const field = this.page.getByRole('combobox', { name: label, exact: true });
    await field.click();
    await field.fill(typed);
    await this.page.getByRole('option').first().waitFor();
    await field.press('Enter');
  }

  /** Picks an option of a list that explains its options. */
  async choose(label: string, option: string): Promise<void> {
    await this.page.getByLabel(new RegExp(`^${label}: `)).click();
    await this.page.getByRole('option', { name: new RegExp(`^${option}`) }).click();
  }

  save() {
    return this.page.getByRole('button', { name: 'Save', exact: true }).click();
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText('Saved', { exact: true })).toBeVisible();
  }

  /** Opens a table from the Tables tab. */
  async openTable(name: string): Promise<TableEditor> {
    await this.tab('Tables');
    const tables = this.page.getByRole('list', { name: 'Tables', exact: true });
    await tables.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
    return this.openedTable(name);
  }

  /** The table editor, once it shows that table. */
  async openedTable(name: string): Promise<TableEditor> {
    const editor = new TableEditor(this.page);
    await expect(editor.panel).toHaveAccessibleName(`Table ${name}`);
    return editor;
  }

  /** Where a column's row begins on the page; `at` is its index in the table. */
  async columnAt(diagram: string, table: string, at: number): Promise<{ x: number; y: number }> {
    const answer = await this.page.request.get(`/api/diagrams/${diagram}/snapshot`);
    const { diagram: document } = (await answer.json()) as {
      diagram: { tables: { name: string; position: { x: number; y: number } }[] };
    };
    const position = document.tables.find((it) => it.name === table)?.position;
    if (!position) throw new Error(`the table ${table} has no place`);
    const [HEADER, ROW] = [28, 22];
    const world = { x: position.x, y: position.y + HEADER + ROW * (at + 0.5) };
    return this.page.getByTestId('canvas').evaluate((element, { x, y }) => {
      const { view } = element as unknown as {
        view: { zoom: number; worldAt(at: { x: number; y: number }): { x: number; y: number } };
      };
      const corner = view.worldAt({ x: 0, y: 0 });
      const box = element.getBoundingClientRect();
      return { x: box.x + (x - corner.x) * view.zoom, y: box.y + (y - corner.y) * view.zoom };
    }, world);
  }
}

/** The table editor, in the words of a person. */
export class TableEditor {
  readonly page: Page;
  readonly panel: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: /^Table / });
  }

  get columns(): Locator {
    return this.list('Columns');
  }

  list(name: 'Columns' | 'Indexes' | 'Checks' | 'Foreign Keys'): Locator {
    return this.panel.getByRole('list', { name, exact: true }).getByRole('listitem');
  }

  /** The row of a column that will stay. */
  column(name: string): Locator {
    const type = this.page.getByRole('combobox', { name: `Type of ${name}`, exact: true });
    return this.columns.filter({ has: type });
  }

  /** The names of the columns that will stay, in their order. */
  names(): Promise<string[]> {
    return this.panel
      .getByLabel('Column name', { exact: true })
      .evaluateAll((fields) => fields.map((it) => (it as HTMLInputElement).value));
  }

  rename(column: string, to: string): Promise<void> {
    return this.column(column).getByLabel('Column name').fill(to);
  }

  async setType(column: string, type: string): Promise<void> {
    const field = this.panel.getByRole('combobox', { name: `Type of ${column}`, exact: true });
    await field.fill(type);
    await field.press('Tab');
  }

  /** Adds a column after the last. */
  async addColumn(name: string, type: string): Promise<void> {
    const before = await this.panel.getByLabel('Column name', { exact: true }).count();
    await this.panel.getByRole('button', { name: 'Add column' }).click();
    const field = this.panel.getByLabel('Column name', { exact: true }).nth(before);
    await field.fill(name);
    await this.setType(name, type);
  }

  /** What the footer says is pending. */
  get pending(): Locator {
    return this.panel.locator('footer').getByRole('status');
  }

  async save(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(this.pending).toHaveText('No unsaved changes');
  }
}

export const test = base.extend<{ app: App }, { server: string }>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server.address);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server),
  app: ({ page }, use) => use(new App(page)),
});

export { expect };
