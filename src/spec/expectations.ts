/** What is expected to be seen: metrics, factors and levels that exist, and a bound that fits its metric. */
import type { Bound, Expectation, Factor, Metrics, Path, Relation } from '../model/experiment.ts';
import type { Metric } from '../model/metric.ts';
import { parseQuantity } from '../model/unit.ts';
import type { ValuePath } from './document.ts';
import { type MetricContext, readMetric } from './metrics.ts';
import { readPlace } from './place.ts';
import { describeQuantity } from './quantities.ts';
import { type Reading, suggest } from './reading.ts';
import type { RawExpectation } from './schema.ts';

export interface ExpectationContext extends MetricContext {
  readonly factors: readonly Factor[];
  readonly paths: readonly Path[];
  /** Factors that are there but were not understood: naming them is no second mistake. */
  readonly excused: ReadonlySet<string>;
  readonly metrics: Metrics;
}

/** `path` is where the expectation stands: `['expect', 0]`. */
export function readExpectation(
  reading: Reading,
  path: ValuePath,
  raw: RawExpectation,
  context: ExpectationContext,
): Expectation | undefined {
  if ('interaction' in raw) return readInteraction(reading, path, raw, context);
  const before = reading.problems.length;
  const place = (key: 'at' | 'from' | 'to', value: Readonly<Record<string, unknown>> | undefined) =>
    readPlace(reading, [...path, key], Object.keys(value ?? {}), context.factors, context.paths, context.excused);
  const metric = readMetric(reading, [...path, 'metric'], context);
  const at = place('at', raw.at);
  if ('value' in raw) {
    const bound = readBound(reading, [...path, 'value'], metric, 'value');
    if (reading.problems.length > before || !metric || !bound) return undefined;
    return { kind: 'value', metric: metric.name, at, bound };
  }
  const from = place('from', raw.from);
  const to = place('to', raw.to);
  const bound = readBound(reading, [...path, 'change'], metric, 'change');
  checkSides(reading, path, raw);
  if (reading.problems.length > before || !metric || !bound) return undefined;
  return { kind: 'change', metric: metric.name, at, from, to, bound };
}

/** Effects are told on the primary metric alone. */
function readInteraction(
  reading: Reading,
  path: ValuePath,
  { interaction }: Extract<RawExpectation, { on: string }>,
  context: ExpectationContext,
): Expectation | undefined {
  const before = reading.problems.length;
  const metric = readMetric(reading, [...path, 'on'], context);
  const { primary } = context.metrics;
  if (metric && metric.name !== primary) {
    const message = `interactions are told on the primary metric, \`${primary}\`, and \`${metric.name}\` is not`;
    reading.report('bad-expectation', message, [...path, 'on'], `write \`on: ${primary}\`, or make it primary`);
  }
  const known = [...context.factors.map(({ name }) => name), ...(context.paths.length > 1 ? ['path'] : [])];
  interaction.forEach((name, at) => {
    if (known.includes(name) || context.excused.has(name)) return;
    const cure = suggest(name, known, 'factors here');
    reading.report('unknown-factor', `there is no factor \`${name}\``, [...path, 'interaction', at], cure);
  });
  if (interaction[0] === interaction[1]) {
    const cure = 'name another factor';
    reading.report('bad-expectation', 'a factor does not interact with itself', [...path, 'interaction', 1], cure);
  }
  if (reading.problems.length > before || !metric) return undefined;
  return { kind: 'interaction', metric: metric.name, factors: interaction };
}

/** `from` and `to` tell two treatments apart by the same factors. */
function checkSides(reading: Reading, path: ValuePath, raw: Extract<RawExpectation, { change: string }>): void {
  const from = Object.keys(raw.from);
  const to = Object.keys(raw.to);
  if (from.length === 0)
    reading.report('bad-expectation', '`from` names no level', [...path, 'from'], 'write {factor: level}');
  // A change between paths may name a nested factor on one side only: go has no hand-over.
  const lonely =
    from.includes('path') && to.includes('path')
      ? []
      : [...from, ...to].filter((name) => from.includes(name) !== to.includes(name));
  for (const name of new Set(lonely)) {
    const side = from.includes(name) ? 'from' : 'to';
    const other = side === 'from' ? 'to' : 'from';
    const message = `\`${side}\` names \`${name}\` but \`${other}\` does not`;
    reading.report(
      'bad-expectation',
      message,
      [...path, side, name],
      `name it in \`${other}\` as well, or move it to \`at\``,
      'key',
    );
  }
  for (const name of Object.keys(raw.at ?? {})) {
    if (!from.includes(name) && !to.includes(name)) continue;
    const message = `\`at\` holds \`${name}\` still while \`from\` and \`to\` change it`;
    reading.report('bad-expectation', message, [...path, 'at', name], 'remove it from one of them', 'key');
  }
  const same =
    from.length > 0 &&
    from.length === to.length &&
    from.every((name) => String(raw.from[name]) === String(raw.to[name]));
  if (same)
    reading.report(
      'bad-expectation',
      '`from` and `to` are the same treatment',
      [...path, 'to'],
      'name another level',
      'key',
    );
}

/** `"< -20 %"`: a relation, then a share for a change, or a quantity of the metric's kind for a value. */
function readBound(
  reading: Reading,
  path: ValuePath,
  metric: Metric | undefined,
  kind: 'change' | 'value',
): Bound | undefined {
  const text = reading.text(path).trim();
  const match = /^(<=|>=|<|>|=|≤|≥)\s*(.+)$/.exec(text);
  const example = kind === 'change' ? '"< -20 %"' : metric?.dimension === 'seconds' ? '"<= 80 ns"' : '"= 1 /op"';
  const refuse = (message: string) => {
    reading.report('bad-bound', message, path, `write a relation and a quantity, such as ${example}`);
    return undefined;
  };
  if (!match) return refuse(`\`${text}\` is no bound`);
  const relation = ({ '≤': '<=', '≥': '>=' }[match[1]!] ?? match[1]) as Relation;
  const written = match[2]!.replace('−', '-');
  // Values are per operation anyway: `80 ns/op` says no more than `80 ns`.
  const quantity = parseQuantity(written) ?? parseQuantity(written.replace(/\s*\/op$/, ''));
  if (quantity === undefined) return refuse(`\`${match[2]}\` in \`${text}\` is no quantity`);
  if (kind === 'change') {
    const isZero = quantity.dimension === 'count' && quantity.value === 0;
    if (quantity.dimension !== 'fraction' && !isZero)
      return refuse(`a change is a share in percent, found \`${match[2]}\``);
    if (quantity.value < -1) return refuse(`nothing shrinks by more than 100 %, found \`${match[2]}\``);
  } else if (metric !== undefined && quantity.dimension !== metric.dimension) {
    return refuse(
      `\`${metric.name}\` is ${describeQuantity({ dimension: metric.dimension, value: 0 })}, \`${match[2]}\` is ${describeQuantity(quantity)}`,
    );
  }
  return { relation, value: quantity.value, text };
}
