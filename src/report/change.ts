/** How a change is written: `+6.1 %` with `[4.9, 7.4]`, or `×12.4` with `[12.1, 12.8]` where a block holds tenfold changes. */

/** Chosen once a block. */
export type ChangeUnit = '%' | '×';

export interface ChangeText {
  readonly change: string;
  /** With its brackets; '' for exact counts. */
  readonly interval: string;
}

export function chooseChangeUnit(ratios: readonly number[]): ChangeUnit {
  return ratios.some((ratio) => Number.isFinite(ratio) && ratio >= 10) ? '×' : '%';
}

/** Two decimals of a percent only where the margin asks for them. */
export function formatChange(ratio: number, low: number, high: number, unit: ChangeUnit, margin: number): ChangeText {
  const write = unit === '%' ? percentWriter(ratio, low, high, margin) : timesWriter(ratio, low, high);
  const change = write(ratio);
  const plus = unit === '%' && ratio > 1 && Number.isFinite(ratio) && /[1-9]/.test(change) ? '+' : '';
  const name = unit === '%' ? (Number.isFinite(ratio) ? ' %' : '') : '';
  return {
    change: `${unit === '×' && Number.isFinite(ratio) ? '×' : ''}${plus}${change}${name}`,
    interval: `[${openLow(low) ? '−∞' : write(low)}, ${high === Number.POSITIVE_INFINITY ? '∞' : write(high)}]`,
  };
}

/** A share that a change is judged or bounded by: `±2 %`, `1.8 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '?';
  const percent = Math.abs(share * 100);
  return `${trim(percent.toFixed(percent < 0.995 ? 2 : percent < 99.5 ? 1 : 0))} %`;
}

/** A ratio of zero is how an interval that is open below arrives (too few blocks for its level). */
const openLow = (low: number): boolean => low <= 0 || Number.isNaN(low);

function percentWriter(ratio: number, low: number, high: number, margin: number): (value: number) => string {
  const largest = Math.max(
    ...[ratio, low, high].filter((each) => Number.isFinite(each) && each > 0).map((each) => Math.abs(each - 1) * 100),
    0,
  );
  const decimals = largest >= 99.95 ? 0 : margin < 0.005 ? 2 : 1;
  return (value) => signed((value - 1) * 100, decimals);
}

function timesWriter(ratio: number, low: number, high: number): (value: number) => string {
  const largest = Math.max(...[ratio, low, high].filter(Number.isFinite), 0);
  const decimals = largest >= 99.95 ? 0 : largest >= 9.995 ? 1 : 2;
  return (value) => signed(value, decimals);
}

function signed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '?';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const rounded = size >= 999.5 ? Number(size.toPrecision(3)).toLocaleString('en-US') : size.toFixed(decimals);
  return value < 0 && /[1-9]/.test(rounded) ? `−${rounded}` : rounded;
}

const trim = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
