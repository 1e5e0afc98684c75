import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Where a server is that answers `/api` while the page is served by `npm run dev`. */
const api = process.env['CROWFOOT_API'] ?? 'http://127.0.0.1:4870';

export default defineConfig({
  plugins: [svelte()],
  worker: { format: 'es' },
  build: { target: 'es2023', sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': { target: api } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
