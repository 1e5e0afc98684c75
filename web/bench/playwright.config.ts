import { defineConfig } from '@playwright/test';

import tests from '../playwright.config';

export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: '*.bench.ts',
  fullyParallel: false,
  workers: 1,
  // Ten thousand tables take their time where nothing is fast.
  timeout: 900_000,
  reporter: [['line']],
  use: {
    ...tests.use,
    trace: 'off',
    deviceScaleFactor: Number(process.env['BENCH_RATIO'] ?? 1),
  },
});
