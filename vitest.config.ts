import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/desktop/**'],
    pool: 'forks',
    // Most of the time a test waits for a process or a disk: two more workers than the two cores we count on.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that asserts nothing is a defect.
    expect: { requireAssertions: true },
    sequence: { shuffle: { files: false, tests: false } },
  },
});
