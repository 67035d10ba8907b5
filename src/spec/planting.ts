/** Faults in a spec: how large one may be, and where and how often it happens. */
import type { Factor } from '../model/experiment.ts';
import { faultKindOf, type Spread } from '../model/fault.ts';
import { formatQuantity, type Quantity } from '../model/unit.ts';
import type { Reading } from './reading.ts';
import type { RawFactor } from './schema.ts';

const EXPECTED = {
  seconds: { noun: 'a time', examples: 'write none, 200 ns, 1.5 µs' },
  bytes: { noun: 'a size', examples: 'write none, 64 B, 4 KiB' },
  count: { noun: 'a whole number', examples: 'write none, 1, 4' },
} as const;

/** Message and cure where the level of a fault is no size of its kind. */
export function mistakenSize(
  name: string,
  text: string,
  quantity: Quantity | undefined,
): readonly [string, string] | undefined {
  const kind = faultKindOf(name);
  if (!kind) return undefined;
  const { dimension, most } = kind;
  const isWhole = dimension === 'seconds' || Number.isInteger(quantity?.value);
  if (quantity?.dimension === dimension && isWhole && quantity.value >= 0 && quantity.value <= most) return undefined;
  const { noun, examples } = EXPECTED[dimension];
  const shares = name === 'fault.delay' ? '; `seamark calibrate --plant` takes shares of an iteration' : '';
  const limit = formatQuantity({ dimension, value: most });
  return [`\`${name}\` expects ${noun} of at most ${limit}, found \`${text}\``, `${examples}${shares}`];
}

type Planting = Pick<Factor, 'site' | 'every' | 'spread'>;

/** What stands beside the levels of a fault. What means nothing there is reported and left out. */
export function readPlanting(reading: Reading, name: string, raw: RawFactor): Planting {
  if (Array.isArray(raw)) return {};
  const { site, every, spread } = raw as { site?: string; every?: number; spread?: Spread };
  const kind = faultKindOf(name);
  const refuse = (key: keyof Planting, message: string, cure: string) =>
    reading.report('idle-key', message, ['factors', name, key], `${cure}; remove it`, 'key');
  for (const [key, value, says] of [
    ['site', site, 'happens at no site'],
    ['every', every, 'happens at no crossing'],
  ] as const) {
    if (value === undefined || (kind && kind.layer !== 'process')) continue;
    const cure = kind ? `\`${name}\` is of the process as a whole` : 'only a fault of a crossing does';
    refuse(key, `\`${name}\` ${says}`, cure);
  }
  if (spread !== undefined && kind?.name !== 'jitter') {
    refuse('spread', `\`${name}\` is not drawn`, 'only the times of `fault.jitter` are');
  }
  const happens = kind !== undefined && kind.layer !== 'process';
  return {
    ...(site !== undefined && happens && { site }),
    ...(every !== undefined && happens && { every }),
    ...(spread !== undefined && kind?.name === 'jitter' && { spread }),
  };
}
