/** Two copies of the lab side by side, and work planted on the Rust side of the second. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const root = dirname(dirname(import.meta.dirname));
export const seamark = [process.execPath, join(root, 'dist', 'seamark.mjs')] as const;

const SPEC = `experiment: calibration
subject:
  kind: harness
  build:
    - cargo build --release --locked --manifest-path core/Cargo.toml --target-dir $OUT/target
    - go build -trimpath -o $OUT/bench ./cmd/bench
  run: {go->rust: $OUT/bench}
  environment:
    CGO_LDFLAGS: $OUT/target/release/libfirst_crossing.a
    GOWORK: "off"
workload: {name: transform, seed: 7, records: {distribution: zipf, s: 1.1, of: 4096}}
paths: [go->rust]
factors:
  build: [./base, ./candidate]
  payload: [4 KiB]
  handover: [borrow]
probe: off
margin: 2 %
`;

/** Lays both copies out as a user would, by \`seamark init\`, and the question about them beside. */
export async function layOut(folder: string): Promise<void> {
  const [node, bundle] = seamark;
  for (const copy of ['base', 'candidate']) {
    await execa(node, [bundle, 'init', join(folder, copy), '--template', 'first-crossing']);
  }
  writeFileSync(join(folder, 'seamark.yaml'), SPEC);
}

const DOOR = 'pub fn transform(input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {\n';
const PLANTED = /( {4}for turn in 0\.\.\d+u32 \{\n {8}std::hint::black_box\(turn\);\n {4}\}\n)?/;

/** Makes each call of the candidate's transform turn an empty loop so many times first. */
export function plant(folder: string, turns: number): void {
  const file = join(folder, 'candidate', 'core', 'src', 'lib.rs');
  const source = readFileSync(file, 'utf8');
  const [before, after] = source.split(DOOR);
  if (before === undefined || after === undefined) throw new Error(`${file}: where is transform?`);
  const loop = `    for turn in 0..${turns}u32 {\n        std::hint::black_box(turn);\n    }\n`;
  writeFileSync(file, before + DOOR + loop + after.replace(PLANTED, ''));
}
