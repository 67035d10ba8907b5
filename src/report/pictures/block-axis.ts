/** The axis of blocks in run order: the first number says what they count. */
import * as Plot from '@observablehq/plot';
import { FAINT } from './palette.ts';

export function blockAxis(): Plot.Markish {
  return Plot.axisX({
    ticks: 5,
    tickSize: 0,
    fill: FAINT,
    fontSize: 11,
    label: null,
    tickFormat: (tick: number, at: number) =>
      Number.isInteger(tick) ? (at === 0 ? `block ${tick}` : String(tick)) : '',
  });
}
