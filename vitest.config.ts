import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most tests wait for sockets and processes, so every core takes a file.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/plain-totals.ts'],
    coverage: {
      enabled: process.env.CI === 'true',
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/**/*.generated.ts'],
      reporter: ['text-summary'],
    },
  },
});
