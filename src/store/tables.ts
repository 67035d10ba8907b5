/** The tables of a study: runs, batches, sites. Metric values become columns of `runs`, one a metric. */
import { EACH_QUANTILES, type RunOutcome } from '../model/run.ts';
import { seriesOf, type Timeline } from '../model/timeline.ts';
import type { Table } from './parquet.ts';

export function listTables(runs: readonly RunOutcome[], timelines: Timelines = new Map()): Table[] {
  const sampled = timelines.size > 0 ? [sampleTable(runs, timelines)] : [];
  return [runTable(runs), batchTable(runs), siteTable(runs), ...sampled];
}

type Timelines = ReadonlyMap<string, Timeline>;

function runTable(runs: readonly RunOutcome[]): Table {
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.values)))].sort();
  // Of single operations, seconds; only in studies that timed some.
  const quantiles = runs.some((run) => run.quantiles) ? EACH_QUANTILES.map((q) => `each.p${Math.round(100 * q)}`) : [];
  const sampled = runs.some(({ runtimes }) => runtimes !== undefined);
  return {
    name: 'runs',
    columns: {
      stage: 'VARCHAR',
      mode: 'VARCHAR',
      block: 'INTEGER',
      arm: 'VARCHAR',
      position: 'INTEGER',
      padding_bytes: 'INTEGER',
      started_s: 'DOUBLE',
      iterations: 'BIGINT',
      operations: 'BIGINT',
      gc_cycles: 'BIGINT',
      checksum: 'VARCHAR',
      records: 'VARCHAR',
      wall_s: 'DOUBLE',
      cpu_s: 'DOUBLE',
      max_rss_bytes: 'BIGINT',
      leaked: 'INTEGER',
      stderr: 'VARCHAR',
      ...(sampled ? RUNTIMES : {}),
      ...Object.fromEntries([...metrics, ...quantiles].map((name) => [name, 'DOUBLE' as const])),
    },
    rows: runs.map((run) => [
      run.stage,
      run.mode,
      run.block,
      run.arm,
      run.position,
      run.paddingBytes,
      run.startedS,
      run.iterations,
      run.operations,
      run.gcCycles,
      run.checksum,
      run.records,
      run.end.wallS,
      run.end.cpuS,
      run.end.maxRssBytes,
      run.end.leaked,
      run.end.stderr === '' ? undefined : run.end.stderr,
      ...(sampled ? runtimesOf(run) : []),
      ...metrics.map((name) => run.values[name]),
      ...quantiles.map((_, i) => run.quantiles?.[i]),
    ]),
  };
}

/** Of probed runs, over their timed batches. */
const RUNTIMES = {
  samples: 'INTEGER',
  gc_share: 'DOUBLE',
  foreign_growth_bytes: 'DOUBLE',
  go_growth_bytes: 'DOUBLE',
  waiting: 'DOUBLE',
} as const;

function runtimesOf({ runtimes }: RunOutcome): readonly (number | undefined)[] {
  return [
    runtimes?.samples,
    runtimes?.gcShare,
    runtimes?.foreignGrowthBytes,
    runtimes?.goGrowthBytes,
    runtimes?.waiting,
  ];
}

function batchTable(runs: readonly RunOutcome[]): Table {
  return {
    name: 'batches',
    columns: {
      stage: 'VARCHAR',
      block: 'INTEGER',
      arm: 'VARCHAR',
      round: 'INTEGER',
      iterations: 'BIGINT',
      seconds_per_operation: 'DOUBLE',
    },
    rows: runs.flatMap((run) =>
      run.batches.map((seconds, round) => [run.stage, run.block, run.arm, round, run.iterations, seconds]),
    ),
  };
}

const PAYLOAD = ['bytesIn', 'bytesOut', 'copies', 'pins'] as const;
const MEMORY = ['allocs', 'allocBytes', 'frees', 'heldBytes'] as const;

/** Sums over the timed batches of each probed run. */
function siteTable(runs: readonly RunOutcome[]): Table {
  return {
    name: 'sites',
    columns: {
      stage: 'VARCHAR',
      block: 'INTEGER',
      arm: 'VARCHAR',
      site: 'VARCHAR',
      kind: 'VARCHAR',
      package: 'VARCHAR',
      operations: 'BIGINT',
      operations_s: 'DOUBLE',
      crossings: 'BIGINT',
      unfinished: 'BIGINT',
      errors: 'BIGINT',
      entry_s: 'DOUBLE',
      callee_s: 'DOUBLE',
      return_s: 'DOUBLE',
      nested_s: 'DOUBLE',
      recorded: 'BIGINT',
      dropped: 'BIGINT',
      bytes_in: 'BIGINT',
      bytes_out: 'BIGINT',
      copies: 'BIGINT',
      pins: 'BIGINT',
      // Null where allocations were not counted.
      allocs: 'BIGINT',
      alloc_bytes: 'BIGINT',
      frees: 'BIGINT',
      held_bytes: 'BIGINT',
    },
    rows: runs.flatMap(({ stage, block, arm, boundary }) =>
      (boundary?.sites ?? []).map((site) => [
        stage,
        block,
        arm,
        site.site,
        site.kind,
        site.package,
        boundary?.operations,
        boundary?.seconds,
        site.opened,
        site.opened - site.closed,
        site.errors,
        site.entryS,
        site.calleeS,
        site.returnS,
        site.nestedS,
        site.recorded,
        site.opened - site.recorded,
        ...PAYLOAD.map((name) => site.sums?.[name] ?? 0),
        ...MEMORY.map((name) => (boundary?.allocations ? (site.sums?.[name] ?? 0) : undefined)),
      ]),
    ),
  };
}

/** A row a moment of each kept probed run, a column a gauge, in base units; in_window: within the timed batches. */
function sampleTable(runs: readonly RunOutcome[], timelines: Timelines): Table {
  const gauges = [...new Set([...timelines.values()].flatMap(({ series }) => series.map(({ gauge }) => gauge)))];
  return {
    name: 'samples',
    columns: {
      stage: 'VARCHAR',
      block: 'INTEGER',
      arm: 'VARCHAR',
      seconds: 'DOUBLE',
      in_window: 'INTEGER',
      ...Object.fromEntries(gauges.map((gauge) => [gauge, 'DOUBLE' as const])),
    },
    rows: runs.flatMap(({ stage, block, arm, records, boundary }) => {
      const timeline = records === undefined ? undefined : timelines.get(records);
      if (!timeline) return [];
      const [from, to] = boundary?.windowS ?? [0, Number.POSITIVE_INFINITY];
      const columns = gauges.map((gauge) => seriesOf(timeline, gauge));
      return timeline.seconds.map((seconds, at) => [
        stage,
        block,
        arm,
        seconds,
        seconds >= from && seconds <= to ? 1 : 0,
        ...columns.map((values) => values?.[at] ?? undefined),
      ]);
    }),
  };
}
