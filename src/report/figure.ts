/**
 * How figures are written: three significant digits at most, one unit a block, U+2212 for minus. Every renderer takes its
 * figures from here, so text, Markdown and HTML can't disagree.
 */
import { type Dimension, unitFor } from '../model/unit.ts';

/** A unit chosen once for a block of figures. */
export interface ChosenUnit {
  readonly name: string;
  readonly factor: number;
}

/**
 * The unit for all of `values` (base units): the one in which the smallest still reads with a digit before the point,
 * unless the largest would then need six; small parts beside large ones are the point of most blocks here.
 */
export function chooseUnit(dimension: Dimension, values: readonly number[]): ChosenUnit {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  if (sizes.length === 0) return unitFor(dimension, dimension === 'seconds' ? 1e-9 : 1);
  const small = unitFor(dimension, Math.min(...sizes));
  const largest = Math.max(...sizes);
  if (largest / small.factor < 99_950) return small;
  return unitFor(dimension, Math.max(largest / 9_995, Math.min(...sizes)));
}

/** `5,210`, `52.1`, `5.21`, `0.05`; `?` for what is not known. */
export function formatFigure(value: number, mostDecimals = 2): string {
  if (Number.isNaN(value)) return '?';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text = unsigned(size, mostDecimals);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A count that is exact is printed exactly: `1,204,331`. A count per operation may be broken: `0.25`. */
export function formatCount(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US').replace('-', '−') : formatFigure(value);
}

/** `1 block`, `1,204 blocks` */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** In a unit of its own, for prose: `5.21 µs`, `4.0 KiB`; whole numbers stay whole. */
export function formatAlone(dimension: Dimension, value: number): string {
  if (!Number.isFinite(value)) return formatFigure(value);
  const unit = unitFor(dimension, value);
  return withUnit(trimZeros(formatFigure(value / unit.factor)), unit.name);
}

export function withUnit(figure: string, unit: string): string {
  if (unit === '') return figure;
  return unit.startsWith('/') ? `${figure}${unit}` : `${figure} ${unit}`;
}

function trimZeros(figure: string): string {
  return figure.includes('.') ? figure.replace(/\.?0+$/, '') : figure;
}

/** Pads a column so that its decimal points stand below each other. */
export function alignDecimals(figures: readonly string[]): readonly string[] {
  const tail = (figure: string): number => (/^[^\d]*[\d,]*(\.\d+)?/.exec(figure)?.[1] ?? '').length;
  const most = Math.max(0, ...figures.map(tail));
  return figures.map((figure) => (/\d/.test(figure) ? figure + ' '.repeat(most - tail(figure)) : figure));
}

function unsigned(size: number, mostDecimals: number): string {
  if (size === 0) return '0';
  // Through toPrecision, so that 9.996 becomes 10.0 and not 10.00.
  const rounded = Number(size.toPrecision(3));
  const exponent = Math.floor(Math.log10(rounded));
  if (exponent > 2) return rounded.toLocaleString('en-US');
  return rounded.toFixed(Math.min(mostDecimals, 2 - exponent));
}
