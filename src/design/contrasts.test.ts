import { expect, test } from 'vitest';
import type { Experiment } from '../model/experiment.ts';
import { BUILD, factor, inventExperiment, PAYLOAD } from './invented-experiment.ts';
import { planExperiment } from './plan.ts';

const contrastsOf = (changes: Partial<Experiment>) =>
  planExperiment(inventExperiment(changes), { modes: ['alternating'] }).contrasts;

test('the crossing path is compared with pure Go and pure Rust at the same levels', () => {
  const contrasts = contrastsOf({});
  expect(contrasts).toHaveLength(18);
  expect(contrasts[0]).toEqual({
    id: 'path: go | go->rust @ payload=64 B · handover=borrow',
    kind: 'contrast',
    treatment: 'payload=64 B · handover=borrow',
    factor: 'path',
    baselineArm: 'go · payload=64 B',
    candidateArm: 'go->rust · payload=64 B · handover=borrow',
    baseline: 'go',
    candidate: 'go->rust',
  });
});

test('where nothing crosses, pure Rust is compared with pure Go', () => {
  const contrasts = contrastsOf({ paths: ['go', 'rust'], factors: [PAYLOAD] });
  expect(contrasts.map(({ baselineArm, candidateArm }) => [baselineArm, candidateArm])).toEqual(
    ['64 B', '4 KiB', '64 KiB'].map((payload) => [`go · payload=${payload}`, `rust · payload=${payload}`]),
  );
});

test('each build is compared with the declared baseline, in every combination of the rest', () => {
  const contrasts = contrastsOf({ factors: [BUILD, PAYLOAD], paths: [], baseline: { build: './b' } });
  expect(contrasts).toHaveLength(2 * 3);
  expect(contrasts.every((one) => one.kind === 'build' && one.baseline === './b')).toBe(true);
  expect(contrasts[0]?.treatment).toBe('payload=64 B');
});

test('an expectation brings its own contrast, once', () => {
  const bound = { relation: '<', value: -0.2, text: '< -20 %' } as const;
  const contrasts = contrastsOf({
    expect: [
      {
        kind: 'change',
        metric: 'time.p50',
        at: { payload: '64 KiB' },
        from: { handover: 'copy-out' },
        to: { handover: 'borrow' },
        bound,
      },
      {
        kind: 'change',
        metric: 'cpu',
        at: { payload: '64 KiB', path: 'go->rust' },
        from: { handover: 'copy-out' },
        to: { handover: 'borrow' },
        bound,
      },
      { kind: 'change', metric: 'time.p50', at: {}, from: { path: 'go->rust' }, to: { path: 'go' }, bound },
    ],
  });
  expect(contrasts).toHaveLength(18 + 1);
  expect(contrasts[18]).toMatchObject({
    factor: 'handover',
    baseline: 'copy-out',
    candidate: 'borrow',
    treatment: 'go->rust · payload=64 KiB',
  });
});

test('levels are compared with the first one only when builds, paths and expectations ask nothing', () => {
  const alone = contrastsOf({ paths: ['go->rust'] });
  expect(alone.map((one) => one.factor)).toEqual([...Array(6).fill('payload'), ...Array(6).fill('handover')]);
  expect(contrastsOf({ baseline: { payload: '4 KiB' } })).toHaveLength(18 + 2 + 2 + 6);
});

test('benchmarks of one package are different work and never rivals', () => {
  const benchmark = factor('benchmark', ['BenchmarkA', 'BenchmarkB']);
  const subject = {
    kind: 'go-bench',
    folder: '/nowhere',
    build: [],
    environment: {},
    package: '.',
    bench: '.',
  } as const;
  expect(contrastsOf({ subject, paths: [], factors: [benchmark] })).toEqual([]);
  expect(contrastsOf({ subject, paths: [], factors: [BUILD, benchmark] })).toHaveLength(4);
});
