/** How fast this machine copies memory that no cache holds, measured now. */
import { performance } from 'node:perf_hooks';

/** Twice this is in memory at once: more than the last cache of any machine we have seen gives one core. */
const BYTES = 64 * 2 ** 20;
const COPIES = 4;

/**
 * Bytes read and written a second by one core in one large copy, as STREAM's Copy counts them (McCalpin 1995); the best of a few,
 * to two digits, since the third is another one each time. Takes about 100 ms.
 */
export function measureBandwidth(): number {
  const from = Buffer.alloc(BYTES, 1);
  const to = Buffer.alloc(BYTES, 2); // written once, so that its pages are there
  let leastMs = Number.POSITIVE_INFINITY;
  for (let copy = 0; copy < COPIES; copy++) {
    const began = performance.now();
    from.copy(to);
    leastMs = Math.min(leastMs, performance.now() - began);
  }
  return Number(((2 * BYTES * 1000) / leastMs).toPrecision(2));
}
