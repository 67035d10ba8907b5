/** Virtual slow-down as rows: one a layer and treatment, drawn as growth is. */
import type { Result } from '../model/result.ts';
import type { Slope } from '../model/slope.ts';
import { formatShare } from './change.ts';
import { formatAlone, formatFigure } from './figure.ts';
import type { GrowthBlock } from './growth-view.ts';
import { respell } from './names.ts';

const MEANS: Readonly<Record<Slope['says'], string>> = {
  'in line': 'what is saved there is saved by the whole',
  hidden: 'something longer runs beside it, and saving there gains nothing',
  'partly hidden': 'saving there gains something, and less than is saved',
  amplified: 'what waits behind it waits too, and saving there gains more than is saved',
  undecided: 'the interval is too wide; a larger budget narrows it',
};

export function viewSlopes({ slopes = [] }: Result): readonly GrowthBlock[] {
  if (slopes.length === 0) return [];
  const level = formatShare(Math.min(...slopes.map(({ confidence }) => confidence)));
  return [
    {
      title: 'virtual slow-down: what a second of delay in one layer costs the whole operation',
      heads: ['delays', 'slope', `${level} interval`, 'so it is'],
      rows: slopes.map((slope) => ({ label: labelOf(slope), cells: cellsOf(slope) })),
      lines: [...new Set(slopes.map(({ says }) => says))].map((says) => `${says}: ${MEANS[says]}`),
      panels: [],
    },
  ];
}

const labelOf = ({ layer, site, treatment }: Slope): string =>
  `${layer}${site === undefined ? '' : ` of ${site}`}${treatment === '' ? '' : ` (${respell(treatment)})`}`;

function cellsOf({ points, slope, low, high, says }: Slope): readonly string[] {
  const most = Math.max(...points.map(({ delayS }) => delayS));
  return [
    `up to ${formatAlone('seconds', most)}`,
    formatFigure(slope),
    `[${Number.isFinite(low) ? formatFigure(low) : '−∞'}, ${Number.isFinite(high) ? formatFigure(high) : '∞'}]`,
    says,
  ];
}
