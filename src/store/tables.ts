/** The tables of a study: runs, batches, sites. Metric values become columns of `runs`, one a metric. */
import { EACH_QUANTILES, type RunOutcome } from '../model/run.ts';
import type { Table } from './parquet.ts';

export function listTables(runs: readonly RunOutcome[]): Table[] {
  return [runTable(runs), batchTable(runs), siteTable(runs)];
}

function runTable(runs: readonly RunOutcome[]): Table {
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.values)))].sort();
  // Of single operations, seconds; only in studies that timed some.
  const quantiles = runs.some((run) => run.quantiles) ? EACH_QUANTILES.map((q) => `each.p${Math.round(100 * q)}`) : [];
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
      ...metrics.map((name) => run.values[name]),
      ...quantiles.map((_, i) => run.quantiles?.[i]),
    ]),
  };
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
