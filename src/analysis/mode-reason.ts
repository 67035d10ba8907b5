/** Why a study judged in the mode it did: the figures of each mode that the pilot tried. */
import type { Mode, ModePrice, Plan, Schedule } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { formatQuantity } from '../model/unit.ts';

/** Nothing where there was no choice. `margin`: of the primary metric, as a fraction. */
export function explainMode(
  { mode: asked, modes }: Plan,
  { mode, prices = [] }: Schedule,
  margin: number,
): Pick<Result, 'modeReason' | 'modePrices'> {
  if (modes.length < 2) return {};
  const percent = formatQuantity({ dimension: 'fraction', value: margin });
  const figures = prices.map((price) => describe(price, percent)).join('; ');
  const untried = modes.filter((one) => !prices.some((price) => price.mode === one));
  const failed = untried.length === 0 ? '' : `; ${untried.join(', ')} failed in the pilot`;
  return { modeReason: `${reason(mode, asked, prices)} In the pilot: ${figures}${failed}.`, modePrices: prices };
}

function reason(mode: Mode, asked: Mode | undefined, prices: readonly ModePrice[]): string {
  if (asked !== undefined) return `${mode} was asked for.`;
  if (prices.length < 2) return `${mode} is what ran.`;
  const told = prices.filter((price) => price.seconds !== undefined).length > 0;
  return told
    ? `${mode} sees the margin in the fewest seconds.`
    : `${mode} is the most whole mode; the pilot could not tell which is cheaper.`;
}

function describe({ mode, blockS, spread, seconds }: ModePrice, margin: string): string {
  const time = (value: number) => formatQuantity({ dimension: 'seconds', value });
  const block = `${mode} takes ${time(blockS)} a block`;
  if (spread === undefined || seconds === undefined) return `${block}, its spread is not known`;
  return `${block}, which scatters by ${formatQuantity({ dimension: 'fraction', value: spread })}: ${time(seconds)} to see ${margin}`;
}
