import { describe, expect, test } from 'vitest';
import { clockRate } from './clock.ts';
import { CLOCK, type TripleFields } from './layout-gen.ts';
import { specimenHeader } from './specimen.ts';

/** A triple at `ns`, by a clock of three ticks a nanosecond that is `late` ticks off. */
const triple = (ns: bigint, late = 0n): TripleFields => ({
  beforeTicks: 3n * ns + late - 10n,
  ns,
  afterTicks: 3n * ns + late + 10n,
});

describe('the rate of a clock', () => {
  test('is what the header states', () => {
    expect(clockRate(specimenHeader())).toEqual({ kind: 'tsc', ticksPerSecond: 2.6e9, quantumS: 1e-8 });
  });

  test('comes from the triples when the header states none', () => {
    const triples = [triple(1_000n), triple(500_001_000n), triple(1_000_001_000n)];
    const rate = clockRate(specimenHeader({ ticksPerSecond: 0n, tripleCount: 3, triples }));
    expect(rate?.ticksPerSecond).toBeCloseTo(3e9, 3);
    expect(rate?.drift).toBeCloseTo(0, 12);
  });

  test('keeps its digits after a year of ticks', () => {
    const year = 31_536_000_000_000_000n;
    const triples = [triple(year), triple(year + 1_000_000n)];
    const rate = clockRate(specimenHeader({ ticksPerSecond: 0n, tripleCount: 2, triples }));
    expect(rate?.ticksPerSecond).toBeCloseTo(3e9, 3);
  });

  test('shows how far its stretches disagree', () => {
    const triples = [triple(0n), triple(500_000_000n, 1_500_000n), triple(1_000_000_000n)];
    expect(clockRate(specimenHeader({ tripleCount: 3, triples }))?.drift).toBeCloseTo(0.001, 6);
  });

  test('comes from both ends of the run without triples', () => {
    expect(clockRate(specimenHeader({ ticksPerSecond: 0n }))?.ticksPerSecond).toBeCloseTo(2.6e9, 3);
  });

  test('of the OS clock is nanoseconds, even of a process that died', () => {
    const died = specimenHeader({ clock: CLOCK.OS, ticksPerSecond: 0n, endTicks: 0n, endNs: 0n, quantumTicks: 1 });
    expect(clockRate(died)).toEqual({ kind: 'os', ticksPerSecond: 1e9, quantumS: 1e-9 });
  });

  test('is unknown when nothing tells it', () => {
    expect(clockRate(specimenHeader({ ticksPerSecond: 0n, endTicks: 0n, endNs: 0n }))).toBeUndefined();
  });
});
