/**
 * The shape of `seamark.yaml`, once: what is checked, and what the JSON Schema for editors is generated from.
 * Meaning (units, names that refer to each other) is checked afterwards, in interpret.ts.
 * The `error` of a leaf says what was expected; that of a map lists the keys it understands.
 */
import * as z from 'zod';
import { SPREADS } from '../model/fault.ts';
import { METRICS } from '../model/metric.ts';
import { MODES } from '../model/plan.ts';
import { design } from './design-schema.ts';
import { list, map, name, named, quantity, scalar, text, whole, word } from './shapes.ts';

const command = text('a command line').regex(/\S/, { error: 'a command line' });
const levels = list(scalar('a level: a word, a number, or a quantity such as 64 KiB'), 'a list of levels').min(1, {
  error: 'a list of at least one level',
});
const place = named(scalar('a level'), 'a map from factor to level, such as {payload: 64 KiB}');

const base = {
  folder: text('a folder')
    .optional()
    .describe('Folder of the subject, relative to this file. Default: where this file stands.'),
  build: z
    .union([command, list(command, 'a list of command lines')], { error: 'a command line, or a list of them' })
    .optional()
    .describe('Commands that build the subject, run in its folder. $OUT is a folder of our own for what they make.'),
  environment: named(scalar('a text'), 'a map from variable to text')
    .optional()
    .describe('Variables added to builds and runs; $OUT expands in them.'),
  shell: z
    .boolean({ error: 'true or false' })
    .optional()
    .describe('Start the commands through sh -c. Default: false, commands are split into words and started directly.'),
};

const run = command.describe('The command that starts the subject.');
const harness = map(
  {
    kind: z.literal('harness'),
    ...base,
    run: z
      .union(
        [
          run,
          map(
            { go: command.optional(), rust: command.optional(), 'go->rust': command.optional() },
            'a command line, or a map from path to command line',
          ),
        ],
        { error: 'a command line, or a map from path to command line' },
      )
      .describe('The command that starts the subject: one for all paths, or one a path.'),
    library: text('a file')
      .min(1, { error: 'a file' })
      .optional()
      .describe(
        'The .a or .so of the foreign side that a build makes: its builds can then be compared inside one process. Default: none.',
      ),
  },
  'a map',
).describe('A program that offers named workloads through the harness, driven in lock-step.');
const goBench = map(
  {
    kind: z.literal('go-bench'),
    ...base,
    package: text('a Go package pattern such as ./...')
      .optional()
      .describe('Packages whose benchmarks run. Default: ./...'),
    bench: text('a regular expression, as for go test -bench')
      .optional()
      .describe('Benchmarks to run, as for go test -bench. Default: .'),
  },
  'a map',
).describe('An unmodified Go package with benchmarks.');
const program = map({ kind: z.literal('command'), ...base, run }, 'a map').describe(
  'Any program: wall and processor time of the whole process.',
);

/** The harness draws from at most this many. */
const MAX_RECORDS = 2 ** 24;
const population = whole('a whole number of records from 1 to 16777216', 1, MAX_RECORDS).describe(
  'How many records there are.',
);
const records = z
  .discriminatedUnion(
    'distribution',
    [
      map(
        {
          distribution: z.literal('zipf'),
          s: z
            .number({ error: 'an exponent such as 1.1' })
            .min(0, { error: 'an exponent from 0 to 16' })
            .max(16, { error: 'an exponent from 0 to 16' })
            .describe('Exponent: the higher, the more often the first records come. From 0 to 16.'),
          of: population,
        },
        'a map',
      ),
      map({ distribution: z.literal('uniform'), of: population }, 'a map'),
      map(
        {
          distribution: z.literal('constant'),
          at: whole('the number of a record, from 0', 0, MAX_RECORDS - 1)
            .optional()
            .describe('Number of the record. Default: 0.'),
        },
        'a map',
      ),
    ],
    { error: 'uniform, zipf, constant' },
  )
  .describe('How often each record is visited: uniform, zipf or constant.');

const expectationPlace = { at: place.optional().describe('Only where factors (or path) have these levels.') };
const metricName = text('the name of a metric, such as time.p50').meta({
  examples: METRICS.map((metric) => metric.name),
});
const change = map(
  {
    metric: metricName,
    ...expectationPlace,
    from: place.describe('The treatment that the change is counted from.'),
    to: place.describe('The treatment it is counted to.'),
    change: text('a bound such as "< -20 %"').describe('A bound on the change: "< -20 %".'),
  },
  'a map',
);
const value = map(
  {
    metric: metricName,
    ...expectationPlace,
    value: text('a bound such as "= 1 /op"').describe('A bound on the value: "= 1 /op".'),
  },
  'a map',
);

const interaction = map(
  {
    interaction: list(text('the name of a factor'), 'a list of two factors')
      .length(2, { error: 'a list of two factors' })
      .describe('Two factors, of which one changes what the other does.'),
    on: metricName.describe('The primary metric.'),
  },
  'a map',
);

export const specSchema = map(
  {
    experiment: name.describe('Name of the experiment.'),
    hypothesis: text('a sentence').optional().describe('What is believed, in a sentence.'),
    subject: z
      .discriminatedUnion('kind', [harness, goBench, program], { error: 'harness, go-bench, command' })
      .describe('The program under test.'),
    workload: map(
      {
        name: name.describe('Name of a workload that the subject offers.'),
        seed: whole('a whole number from 0 to 4294967295', 0, 2 ** 32 - 1)
          .optional()
          .describe('Seed of its input. Default: 1.'),
        records: records.optional(),
      },
      'a map',
    )
      .optional()
      .describe('What a harness subject is asked to do.'),
    paths: list(word(['go', 'rust', 'go->rust']), 'a list of paths: go, rust, go->rust')
      .min(1, { error: 'a list of at least one path' })
      .optional()
      .describe('Which languages the operation runs in. Default: the paths that run names.'),
    factors: named(
      z.union(
        [
          levels,
          map(
            {
              levels,
              within: place.optional().describe('Only where these factors (or path) have these levels.'),
              site: name
                .optional()
                .describe('Of a fault: the function in whose calls it happens. Default: every call.'),
              every: whole('a whole number from 1', 1, 1e9)
                .optional()
                .describe('Of a fault: happens at every so many of these calls. Default: 1, at each.'),
              spread: word([...SPREADS])
                .optional()
                .describe(
                  'Of fault.jitter: how its times lie about their mean. Default: uniform, from 0 to twice that.',
                ),
            },
            'a map',
          ),
        ],
        { error: 'a list of levels, or {levels: […], within: {…}}' },
      ),
      'a map from factor to levels',
    )
      .optional()
      .describe('What is varied, and its levels.'),
    baseline: place.optional().describe('Levels that others are judged against. Default: the first level.'),
    design: design.optional().describe('Which combinations are run. Default: full-factorial, all of them.'),
    metrics: map(
      {
        primary: metricName.optional().describe('The metric that decides. Default: time.p50.'),
        gate: list(metricName, 'a list of metrics').optional().describe('Metrics judged beside it. Default: none.'),
        explore: list(metricName, 'a list of metrics')
          .optional()
          .describe('Metrics shown, never judged. Default: none.'),
      },
      'a map',
    )
      .optional()
      .describe('What is measured.'),
    expect: list(
      z.union([change, value, interaction], {
        error: '{metric, from, to, change}, {metric, value} or {interaction, on}',
      }),
      'a list of expectations',
    )
      .optional()
      .describe('What is expected to be seen, written down before anything is measured.'),
    margin: quantity('a share such as 2 %').optional().describe('Smallest change that matters. Default: 2 %.'),
    margins: named(quantity('a share such as 2 %'), 'a map from metric to margin')
      .optional()
      .describe('Margins of single metrics, where they differ from margin.'),
    probe: word(['off', 'counters', 'full'])
      .optional()
      .describe(
        'How closely the boundary is watched. Default: full where the path go->rust or a metric of the probe is asked for, else off.',
      ),
    seed: whole('a whole number from 0 to 4294967295', 0, 2 ** 32 - 1)
      .optional()
      .describe('Seed of every random choice. Default: 1.'),
    budget: quantity('a time such as 90 s').optional().describe('Time that measuring may take. Default: 60 s.'),
    blocks: whole('a whole number from 12 to 2000', 12, 2000)
      .optional()
      .describe('Most judged blocks. Default: what the budget pays for.'),
    limits: map(
      {
        answer: quantity('a time such as 30 s')
          .optional()
          .describe('An answer later than this ends the run. Default: 30 s.'),
        build: quantity('a time such as 10 min')
          .optional()
          .describe('A build longer than this is ended. Default: 10 min.'),
      },
      'a map',
    )
      .optional()
      .describe('When to stop waiting.'),
    mode: word(['auto', ...MODES])
      .optional()
      .describe(
        'How the runs share the machine: in one process, in turns, one after the other, or at the same time. Default: auto, the cheapest that the pilot finds.',
      ),
    cores: list(whole('a core number such as 0', 0, 4095), 'a list of core numbers')
      .min(1, { error: 'a list of at least one core number' })
      .optional()
      .describe('Cores the runs are fixed to. Default: chosen from the machine.'),
  },
  'a map of keys such as experiment, subject, factors',
).describe('An experiment for Seamark.');

export type RawSpec = z.infer<typeof specSchema>;
export type RawSubject = RawSpec['subject'];
export type RawFactor = NonNullable<RawSpec['factors']>[string];
export type RawExpectation = NonNullable<RawSpec['expect']>[number];
