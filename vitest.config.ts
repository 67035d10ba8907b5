import { defineConfig } from 'vitest/config';

/**
 * Three groups, one after the other. `unit`: beside the sources. `product`: the product as a whole, under test/.
 * `measuring`: files named *.measure.test.ts, which judge times they measured themselves and so run alone, one by one.
 */
const measuring = ['{src,test}/**/*.measure.test.ts'];
const ignored = ['**/node_modules/**', '**/testdata/**'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          exclude: [...measuring, ...ignored],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['test/**/*.test.ts'],
          exclude: [...measuring, ...ignored],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: measuring,
          exclude: ignored,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
