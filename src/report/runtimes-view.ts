/** How both runtimes fared in a study: a line a treatment, and panels over the time of one process. */
import type { Result } from '../model/result.ts';
import type { RuntimeSummary, TreatmentRuntimes } from '../model/runtimes.ts';
import { seriesOf, type Timeline } from '../model/timeline.ts';
import { type Dimension, formatQuantity } from '../model/unit.ts';
import { displayTreatment } from './names.ts';

export interface RuntimesView {
  readonly heads: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
  readonly drawn: readonly TimelinePanels[];
  readonly notes: readonly string[];
}

/** One process: its panels stand below each other over the same seconds. */
export interface TimelinePanels {
  readonly label: string;
  readonly endS: number;
  /** Seconds in which the timed batches lie. */
  readonly windowS?: readonly [number, number];
  readonly panels: readonly TimelinePanel[];
}

export interface TimelinePanel {
  readonly name: string;
  readonly side: 'process' | 'foreign' | 'go';
  /** `32 MiB`. */
  readonly most: string;
  /** From zero to the most, 0 to 1. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** More pictures tell nobody more; the table has every treatment. */
const DRAWN = 6;

export function viewRuntimes({ runtimes = [] }: Result): RuntimesView | undefined {
  if (runtimes.length === 0) return undefined;
  const columns = COLUMNS.filter(({ name }) => runtimes.some((one) => figureOf(one, name) !== undefined));
  const drawn = runtimes.flatMap((one) => drawable(one) ?? []);
  return {
    heads: columns.map(({ head }) => head),
    rows: runtimes.map((one) => ({
      label: displayTreatment(one.treatment),
      cells: columns.map(({ dimension, name }) => {
        const value = figureOf(one, name);
        if (value === undefined) return '';
        const known = name === 'runs' ? undefined : one.partly?.[name];
        return `${formatQuantity({ dimension, value })}${known ? ` (${known} of ${one.runs} runs)` : ''}`;
      }),
    })),
    drawn: drawn.slice(0, DRAWN),
    notes:
      drawn.length > DRAWN ? [`${drawn.length - DRAWN} more treatments are not drawn: samples.parquet has them`] : [],
  };
}

const COLUMNS: readonly {
  readonly head: string;
  readonly dimension: Dimension;
  readonly name: keyof RuntimeSummary | 'runs';
}[] = [
  { head: 'GC of CPU', dimension: 'fraction', name: 'gcShare' },
  { head: 'Go heap grew', dimension: 'bytes', name: 'goGrowthBytes' },
  { head: 'C heap grew', dimension: 'bytes', name: 'foreignGrowthBytes' },
  { head: 'resident', dimension: 'bytes', name: 'rssBytes' },
  { head: 'threads', dimension: 'count', name: 'threads' },
  { head: 'waiting for a core', dimension: 'count', name: 'waiting' },
  { head: 'runs', dimension: 'count', name: 'runs' },
];

function figureOf(one: TreatmentRuntimes, name: keyof RuntimeSummary | 'runs'): number | undefined {
  return name === 'runs' ? one.runs : one.typical[name];
}

const PANELS: readonly Omit<TimelinePanel & { dimension: Dimension; gauge: string }, 'most' | 'points'>[] = [
  { name: 'Go heap', gauge: 'go.heap', side: 'go', dimension: 'bytes' },
  { name: 'C heap (glibc)', gauge: 'libc.inuse', side: 'foreign', dimension: 'bytes' },
  { name: 'jemalloc heap', gauge: 'jemalloc.allocated', side: 'foreign', dimension: 'bytes' },
  { name: 'mimalloc, committed', gauge: 'mimalloc.committed', side: 'foreign', dimension: 'bytes' },
  { name: 'resident', gauge: 'rss', side: 'process', dimension: 'bytes' },
  { name: 'collections so far', gauge: 'go.gc.cycles', side: 'go', dimension: 'count' },
  { name: 'threads', gauge: 'threads', side: 'process', dimension: 'count' },
];

function drawable({ treatment, timeline, windowS }: TreatmentRuntimes): TimelinePanels | undefined {
  if (!timeline || timeline.seconds.length < 3) return undefined;
  const panels = PANELS.flatMap((panel) => toPanel(timeline, panel) ?? []);
  if (panels.length === 0) return undefined;
  const label = displayTreatment(treatment);
  return { label, endS: timeline.seconds.at(-1)!, ...(windowS && { windowS }), panels };
}

function toPanel(
  timeline: Timeline,
  { name, gauge, side, dimension }: (typeof PANELS)[number],
): TimelinePanel | undefined {
  const values = seriesOf(timeline, gauge) ?? [];
  const known = values.flatMap((value, at) => (value === null ? [] : [{ x: timeline.seconds[at]!, value }]));
  if (known.length < 2) return undefined;
  const most = Math.max(...known.map(({ value }) => value));
  return {
    name,
    side,
    most: formatQuantity({ dimension, value: most }),
    points: known.map(({ x, value }) => ({ x, y: most > 0 ? value / most : 0 })),
  };
}
