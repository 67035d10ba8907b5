/** Metric names: whether the product has them, and whether this kind of subject can give them. */
import type { Metrics, ProbeLevel, SubjectKind } from '../model/experiment.ts';
import { findMetric, METRICS, type Metric, splitMetric, TAILS } from '../model/metric.ts';
import type { ValuePath } from './document.ts';
import { type Reading, suggest } from './reading.ts';
import type { RawSpec } from './schema.ts';

/** Words of the product's language for metrics that this version does not measure. */
const LATER: readonly string[] = [
  'instructions',
  'syscalls',
  'threads',
  'gc.cpu',
  'goodput',
  'queue.go',
  'queue.rust',
  'runqueue',
  'cpu.go',
  'cpu.rust',
  'transition',
  'latency.p50',
  'latency.p90',
  'latency.p95',
  'latency.p99',
  'latency.mean',
  'callee.mean',
  'callee.p99',
  'entry.p99',
  'return.p99',
];

export interface MetricContext {
  readonly kind: SubjectKind | undefined;
  /** As written; undefined when the spec leaves it to us. */
  readonly probe: ProbeLevel | undefined;
}

/** The metric at `path`, or undefined after reporting why there is none. */
export function readMetric(
  reading: Reading,
  path: ValuePath,
  context: MetricContext,
  name: string = reading.text(path),
  part: 'key' | 'value' = 'value',
): Metric | undefined {
  const metric = findMetric(name);
  if (metric === undefined) {
    const isLater = LATER.includes(name) || /^site\(.*\)/.test(name);
    if (isLater)
      reading.report(
        'unknown-metric',
        `\`${name}\` is a metric that this version does not measure yet`,
        path,
        undefined,
        part,
      );
    else {
      const cure = suggest(
        name,
        METRICS.map((known) => known.name),
        'metrics',
      );
      reading.report('unknown-metric', `unknown metric \`${name}\``, path, cure, part);
    }
    return undefined;
  }
  const reason = cannotGive(metric, context);
  if (reason === undefined) return metric;
  reading.report('metric-not-measured', reason.message, path, reason.cure, part);
  return undefined;
}

function cannotGive(metric: Metric, { kind, probe }: MetricContext): { message: string; cure: string } | undefined {
  const { name } = metric;
  if (metric.source === 'probe' && probe === 'off') {
    return {
      message: `\`${name}\` comes from the probe, and \`probe\` is off`,
      cure: 'say `probe: full`, or leave `probe` out',
    };
  }
  if (probe === 'counters' && splitMetric(name).quantity.startsWith('callee.')) {
    return {
      message: `\`${name}\` is not counted by \`probe: counters\``,
      cure: 'say `probe: full`, or leave `probe` out',
    };
  }
  const isTail = name in TAILS;
  if (kind === 'go-bench' && (isTail || (metric.source === 'counting' && !name.startsWith('go.')))) {
    return {
      message: `a Go benchmark does not tell \`${name}\``,
      cure: 'it tells time.p50, time.mean, cpu, rss, go.allocs, go.bytes',
    };
  }
  if (kind === 'command' && (isTail || metric.source === 'counting')) {
    return { message: `a command does not tell \`${name}\``, cure: 'it tells time.p50 (its wall time), cpu and rss' };
  }
  return undefined;
}

export function readMetrics(reading: Reading, raw: RawSpec['metrics'], context: MetricContext): Metrics {
  const seen = new Set<string>();
  const named = (path: ValuePath): string[] => {
    const metric = readMetric(reading, path, context);
    if (metric === undefined) return [];
    if (seen.has(metric.name)) {
      reading.report('repeated-metric', `the metric \`${metric.name}\` is named twice`, path, 'remove one of them');
      return [];
    }
    seen.add(metric.name);
    return [metric.name];
  };
  const primary = raw?.primary === undefined ? ['time.p50'] : named(['metrics', 'primary']);
  seen.add(primary[0] ?? '');
  if (raw?.primary !== undefined && findMetric(raw.primary)?.exact === true) {
    const message = `\`${raw.primary}\` is an exact count and cannot be the primary metric`;
    reading.report('exact-primary', message, ['metrics', 'primary'], 'move it to `gate`, where any difference shows');
  }
  return {
    primary: primary[0] ?? 'time.p50',
    gate: (raw?.gate ?? []).flatMap((_, index) => named(['metrics', 'gate', index])),
    explore: (raw?.explore ?? []).flatMap((_, index) => named(['metrics', 'explore', index])),
  };
}
