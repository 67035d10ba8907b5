/** What witnesses are called, in the order in which they are told: known before any of them is loaded. */
export const WITNESS_NAMES = [
  'counts',
  'instructions',
  'cache misses',
  'system calls',
  'Go allocations',
  'foreign allocations',
  'heaps',
  'locks and waiting',
  'CPU profile',
] as const;

export type WitnessName = (typeof WITNESS_NAMES)[number];
