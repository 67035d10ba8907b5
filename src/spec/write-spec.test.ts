import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readSpec } from './read-spec.ts';
import { writeSpec } from './write-spec.ts';

const SOURCE = { file: 'seamark.yaml', folder: '/home/me/project' };

/** Reads, writes and reads again. */
function again(text: string): readonly [unknown, unknown] {
  const { experiments, problems } = readSpec(text, SOURCE);
  expect(problems.map(({ message }) => message)).toEqual([]);
  const written = writeSpec(experiments[0]!, { folder: SOURCE.folder, comment: 'one line\nand another' });
  const back = readSpec(written, SOURCE);
  expect([written, back.problems.map(({ message }) => message)]).toEqual([written, []]);
  return [back.experiments[0], experiments[0]];
}

const WHOLE = `experiment: whole
hypothesis: "Borrowing: it pays # mostly"
subject:
  kind: harness
  folder: ../lab
  build: [cargo build --release --target-dir $OUT/target, "go build -ldflags '-s -w' -o $OUT/b ./c"]
  run: {go: $OUT/b --path go, go->rust: "$OUT/b 'a b' 'it''s' A=1", rust: $OUT/target/release/b}
  library: $OUT/target/release/libcore.a
  environment: {A: "1", CGO_LDFLAGS: $OUT/target/release/libcore.a}
workload: {name: w, seed: 7, records: {distribution: zipf, s: 1.1, of: 4096}}
paths: [go, go->rust]
factors:
  build: [v1.4.0, HEAD~3, "0123456", ./a b]
  payload: [64 B, 4 KiB]
  handover: {levels: [borrow, copy], within: {path: go->rust}}
  go.gogc: [off, "100"]
  fault.delay: {levels: [none, 200 ns], site: f, every: 3}
baseline: {payload: 4 KiB, build: HEAD~3}
design: {kind: full-factorial, centre: 2}
metrics: {primary: time.mean, gate: [crossings], explore: [time.p99]}
expect:
  - {metric: time.p50, at: {payload: 4 KiB}, from: {handover: copy}, to: {handover: borrow}, change: "< -20 %"}
  - {metric: crossings, value: "= 1 /op"}
  - {interaction: [payload, go.gogc], on: time.mean}
margin: 1.7 %
margins: {cpu: 5 %}
probe: counters
seed: 3
budget: 1.5 min
blocks: 40
limits: {answer: 250 ms, build: 1 h}
mode: alternating
cores: [0, 1]
`;

test('an experiment that says everything is read back as it was', () => {
  const [back, first] = again(WHOLE);
  expect(back).toEqual(first);
});

test('so is a command that a shell starts, and an interaction that is expected', () => {
  const [back, first] = again(
    'experiment: a\nsubject: {kind: command, shell: true, run: "zcat $f | wc -l && echo \'a\'"}\nfactors: {f: [a, b]}\n',
  );
  expect(back).toEqual(first);
  const [crossed, asked] = again(
    'experiment: b\nsubject: {kind: command, run: prog $a $b}\nfactors: {a: [1, 2], b: [1 KiB, 2 KiB]}\nexpect:\n  - {interaction: [a, b], on: time.p50}\n',
  );
  expect(crossed).toEqual(asked);
});

test('whatever versions, benchmarks, commands and limits are asked for are read back the same', () => {
  const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 });
  const command = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) =>
    // The quoting rules of the shell, so that each comes out as the word it was.
    words.map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' '),
  );
  const spec = fc.record({
    builds: fc.uniqueArray(word, { minLength: 2, maxLength: 2 }),
    bench: word.filter((text) => text.trim() !== ''),
    build: fc.array(command, { maxLength: 2 }),
    seed: fc.nat(),
    margin: fc.integer({ min: 1, max: 500 }),
    budget: fc.integer({ min: 2, max: 3600 }),
    probe: fc.constantFrom('off', 'counters', 'full'),
    folder: fc.constantFrom('.', '..', '../x/y', 'a', '/other'),
  });
  fc.assert(
    fc.property(spec, ({ builds, bench, build, seed, margin, budget, probe, folder }) => {
      const [back, first] = again(
        stringify({
          experiment: 'compare',
          subject: { kind: 'go-bench', folder, bench, ...(build.length > 0 && { build }) },
          factors: { build: builds },
          ...{ seed, margin: `${margin / 10} %`, budget: `${budget} s`, probe },
        }),
      );
      expect(back).toEqual(first);
    }),
    { seed: 21, numRuns: 200 },
  );
});
