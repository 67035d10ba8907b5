/** A drill: a fault drawn from five layers, its size between 3 and 15 % of an operation, as one factor of an experiment. */
import { DRILL_FAULTS, type DrillKind, type Planted } from '../model/drill.ts';
import type { Factor } from '../model/experiment.ts';
import { drawFault, type HiddenSize } from './hidden-fault.ts';

/** What a subject's pilots measured. */
export interface DrillGround {
  /** Seconds of one operation with nothing planted. */
  readonly operationS: number;
  /** Calls that are crossed, with how often in one operation. */
  readonly sites: readonly { readonly site: string; readonly perOperation: number }[];
  readonly unitS: UnitCosts;
}

/** Seconds that a fault costs a unit: a second, a block, a byte; of contention a whole wait of `HELD_S`. */
export type UnitCosts = Readonly<Record<DrillKind, number>>;

/** Before anything is measured. */
export const USUAL_UNITS: UnitCosts = {
  delay: 1,
  allocs: 20e-9,
  'go-copy': 0.3e-9,
  contention: 30e-6,
  'go-alloc': 0.4e-9,
};

/** The lock of a contention is held for so long where a whole wait at each crossing would be too much. */
export const HELD_S = 20e-6;

/** Shares of an operation. */
export const LEAST_SHARE = 0.03;
export const MOST_SHARE = 0.15;

/** Below these a fault happens at fewer crossings instead: a wait of this is told from none, garbage fills a size class. */
const LEAST: UnitCosts = { delay: 5e-9, allocs: 1, 'go-copy': 64, contention: HELD_S, 'go-alloc': 256 };

/** The factor, and what it stands for. Throws when nothing crosses. */
export function drawDrill(
  seed: number,
  { operationS, sites, unitS }: DrillGround,
): { readonly factor: Factor; readonly planted: Planted } {
  const shareOf = (drawn: number) => LEAST_SHARE * (MOST_SHARE / LEAST_SHARE) ** drawn;
  let share = 0;
  const factor = drawFault(seed, {
    sites: sites.map(({ site }) => ({ site, kind: 'call' })),
    kinds: DRILL_FAULTS.map(({ kind }) => kind),
    sizeOf: (kind, site, drawn) => {
      share = shareOf(drawn);
      const { perOperation } = sites.find((one) => one.site === site)!;
      return sizeFault(kind as DrillKind, share * operationS, perOperation, unitS);
    },
  });
  const { site, every, levels } = factor;
  const kind = factor.name.slice('fault.'.length) as DrillKind;
  const planted: Planted = {
    kind,
    site: site!,
    size: levels[1]!.text,
    ...(every === undefined ? {} : { every }),
    seconds: share * operationS,
    share,
  };
  return { factor, planted };
}

/** As much of a kind as costs so many seconds an operation, planted at a site that is crossed so often in one. */
export function sizeFault(kind: DrillKind, seconds: number, perOperation: number, unitS: UnitCosts): HiddenSize {
  const eachS = seconds / perOperation;
  if (kind === 'contention') {
    const wakingS = Math.max(0, unitS.contention - HELD_S);
    if (eachS >= wakingS + HELD_S) return { size: eachS - wakingS };
    return { size: HELD_S, every: Math.max(1, Math.round(unitS.contention / eachS)) };
  }
  const amount = eachS / unitS[kind];
  const every = Math.max(1, Math.round(LEAST[kind] / amount));
  return { size: amount * every, ...(every > 1 ? { every } : {}) };
}
