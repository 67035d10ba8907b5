import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { EACH_QUANTILES } from '../../src/model/run.ts';
import { after, makeFolder, tryStudy } from './laboratory.ts';

test('a study that asks for a percentile tells how every quantile of single operations moved', async () => {
  using folder = makeFolder();
  const { result } = tryStudy({
    project: folder.path,
    experiment: { metrics: { primary: 'time.p50', gate: [], explore: ['time.p99'] } },
    invention: { secondsPerOperation: after(1.05), batchNoise: 0.05 },
  });
  const { comparisons, folder: place } = await result;
  const primary = comparisons.find(({ metric }) => metric === 'time.p50')!;
  expect(primary.shift!.map(({ quantile }) => quantile)).toEqual([...EACH_QUANTILES]);
  for (const { low, high } of primary.shift!) {
    expect(low).toBeLessThan(1.05);
    expect(high).toBeGreaterThan(1.05);
  }
  expect(comparisons.filter(({ shift }) => shift !== undefined)).toHaveLength(1);
  expect(JSON.parse(readFileSync(join(folder.path, place, 'result.json'), 'utf8'))).toMatchObject({
    comparisons: expect.arrayContaining([expect.objectContaining({ shift: primary.shift })]),
  });
  const connection = await (await DuckDBInstance.create()).connect();
  const ordered = await connection.runAndReadAll(
    `SELECT count(*)::INT AS wrong FROM '${join(folder.path, place)}/runs.parquet' WHERE NOT ("each.p10" < "each.p50" AND "each.p50" < "each.p99")`,
  );
  expect(ordered.getRowObjects()).toEqual([{ wrong: 0 }]);
});
