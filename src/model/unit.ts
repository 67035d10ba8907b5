/**
 * Quantities with their units: how `64 KiB`, `20 µs`, `2 %` and `400/s` are read and written.
 * Everything inside the product is in base units: bytes, seconds, fractions, per second, counts.
 */
export type Dimension = 'bytes' | 'seconds' | 'fraction' | 'rate' | 'count';

export interface Quantity {
  readonly dimension: Dimension;
  /** In the base unit of its dimension. */
  readonly value: number;
}

interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
}

/** Spellings understood in a spec, to their factor over the base unit. */
export const UNITS: Readonly<Record<string, Unit>> = {
  B: { dimension: 'bytes', factor: 1 },
  kB: { dimension: 'bytes', factor: 1e3 },
  KB: { dimension: 'bytes', factor: 1e3 },
  MB: { dimension: 'bytes', factor: 1e6 },
  GB: { dimension: 'bytes', factor: 1e9 },
  KiB: { dimension: 'bytes', factor: 1024 },
  MiB: { dimension: 'bytes', factor: 1024 ** 2 },
  GiB: { dimension: 'bytes', factor: 1024 ** 3 },
  ns: { dimension: 'seconds', factor: 1e-9 },
  us: { dimension: 'seconds', factor: 1e-6 },
  µs: { dimension: 'seconds', factor: 1e-6 }, // U+00B5
  μs: { dimension: 'seconds', factor: 1e-6 }, // U+03BC
  ms: { dimension: 'seconds', factor: 1e-3 },
  s: { dimension: 'seconds', factor: 1 },
  min: { dimension: 'seconds', factor: 60 },
  h: { dimension: 'seconds', factor: 3600 },
  '%': { dimension: 'fraction', factor: 0.01 },
  '/s': { dimension: 'rate', factor: 1 },
  '/op': { dimension: 'count', factor: 1 },
};

/** Reads `64 KiB`, `-20 %`, `1.5ms`, `400/s`, `3`; undefined when it is no quantity. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([^\s\d]*)\s*$/i.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]);
  const suffix = match[2] ?? '';
  if (suffix === '') return { dimension: 'count', value };
  const unit = Object.hasOwn(UNITS, suffix) ? UNITS[suffix] : undefined;
  return unit && { dimension: unit.dimension, value: value * unit.factor };
}

const TIME_STEPS = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
  ['ns', 1e-9],
] as const;
const BYTE_STEPS = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
  ['B', 1],
] as const;

/** Chooses the unit in which `value` reads with one to three digits before the point. */
export function unitFor(dimension: Dimension, value: number): { readonly name: string; readonly factor: number } {
  if (dimension === 'fraction') return { name: '%', factor: 0.01 };
  if (dimension === 'rate') return { name: '/s', factor: 1 };
  if (dimension === 'count') return { name: '', factor: 1 };
  const steps = dimension === 'seconds' ? TIME_STEPS : BYTE_STEPS;
  const size = Math.abs(value);
  const found = steps.find(([, factor]) => size >= factor * 0.9995) ?? steps[steps.length - 1]!;
  return { name: found[0], factor: found[1] };
}

/** Three significant digits at most, in a fitting unit: `1.23 µs`, `64 KiB`, `2 %`. */
export function formatQuantity(quantity: Quantity): string {
  if (!Number.isFinite(quantity.value)) return quantity.value > 0 ? '∞' : quantity.value < 0 ? '−∞' : '?';
  const unit = unitFor(quantity.dimension, quantity.value);
  const number = formatNumber(quantity.value / unit.factor);
  if (unit.name === '') return number;
  return unit.name.startsWith('/') ? `${number}${unit.name}` : `${number} ${unit.name}`;
}

/** At most three significant digits, without an exponent; whole numbers stay whole. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size >= 1000) return sign + Math.round(size).toLocaleString('en-US');
  const digits = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return sign + Number(size.toFixed(Math.min(digits, 12))).toString();
}
