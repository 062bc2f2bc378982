import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['./test/bundle-programs.ts', './test/temporary-files.ts'],
    include: ['test/**/*.test.ts'],
    // Most tests wait for sockets and processes, so every core takes a file; CI has time and wants a quiet machine.
    maxWorkers: process.env.CI === 'true' ? 1 : '100%',
    // Limits for what hangs, which no busy machine reaches.
    testTimeout: 240_000,
    hookTimeout: 240_000,
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
