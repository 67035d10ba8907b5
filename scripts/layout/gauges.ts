/**
 * The gauges of a sample, from format/gauges.json: places for the probe's C, what to ask the Go runtime for its Go part, and
 * names, units and rules of comparison for the reader.
 */
import { readFileSync } from 'node:fs';

export const GAUGES_SOURCE = 'format/gauges.json';
/** Values a sample has room for: GAUGES of format/record.json. */
const ROOM = 61;

interface Gauge {
  readonly name: string;
  readonly side: 'process' | 'foreign' | 'go';
  readonly unit: 'ns' | 'bytes' | 'count';
  /** It only grows: what happened between two samples is their difference. */
  readonly grows?: boolean;
  /** Of package runtime/metrics. */
  readonly metric?: string;
  /** Of a metric that is a histogram: how many of its values lie in buckets that begin there or later, seconds. */
  readonly above?: number;
  readonly since?: string;
  readonly changed?: readonly { readonly release: string; readonly how: string }[];
  readonly doc: string;
}

export function readGauges(file: string): readonly Gauge[] {
  const { gauges } = JSON.parse(readFileSync(file, 'utf8')) as { gauges: readonly Gauge[] };
  const names = new Set(gauges.map(({ name }) => name));
  if (names.size !== gauges.length) throw new Error(`${GAUGES_SOURCE}: a gauge has two places`);
  if (gauges.length > ROOM) throw new Error(`${GAUGES_SOURCE}: ${gauges.length} gauges, room for ${ROOM}`);
  for (const { name, side, metric } of gauges) {
    if ((side === 'go') !== (metric !== undefined)) throw new Error(`${GAUGES_SOURCE}: ${name} has no source`);
  }
  return gauges;
}

export function gaugesForTypeScript(gauges: readonly Gauge[]): string {
  const rows = gauges.map(({ name, side, unit, grows = false, since, changed, doc }) =>
    [
      `  { name: '${name}', side: '${side}', unit: '${unit}', grows: ${grows},`,
      ...(since === undefined ? [] : [` since: '${since}',`]),
      ...(changed === undefined
        ? []
        : [
            ` changed: [${changed.map(({ release, how }) => `{ release: '${release}', how: ${JSON.stringify(how)} }`).join(', ')}],`,
          ]),
      ` means: ${JSON.stringify(doc)} },`,
    ].join(''),
  );
  return `// Generated from ${GAUGES_SOURCE} by scripts/generate.ts; do not edit.
import type { Gauge } from './gauge.ts';

/** By place in a sample. */
export const GAUGES: readonly Gauge[] = [
${rows.join('\n')}
];
`;
}

/** One file of the compiler hook: it puts both texts into the probe. */
export function gaugesForHook(gauges: readonly Gauge[]): string {
  const metrics = [...new Set(gauges.flatMap(({ metric }) => metric ?? []))];
  const takes = gauges.flatMap(({ metric, above }, place) =>
    metric === undefined ? [] : [`\t{${metrics.indexOf(metric)}, ${place}, ${above ?? -1}},`],
  );
  return `// Code generated from ${GAUGES_SOURCE} by scripts/generate.ts. DO NOT EDIT.

package main

// Places of gauges in a sample.
const gaugesC = \`
${gauges.map(({ name }, place) => `#define SEAMARK_GAUGE_${name.toUpperCase().replaceAll('.', '_')} ${place}u`).join('\n')}
\`

// What the Go runtime is asked: the layout is that of a []metrics.Sample.
const gaugesGo = \`
var _seamark_metrics = [...]struct {
	name   string
	kind   int
	scalar uint64
	held   unsafe.Pointer
}{
${metrics.map((metric) => `\t{name: "${metric}"},`).join('\n')}
}

// Which metric goes to which place; of a histogram, the values in buckets that begin at above or later.
var _seamark_takes = [...]struct {
	metric, place uint8
	above         float64
}{
${takes.join('\n')}
}
\`
`;
}
