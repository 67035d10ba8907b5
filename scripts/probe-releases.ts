/**
 * Builds the program of test/probe/testdata/forms bare and probed by each release of Go that the probe is for, and holds answers and
 * counts against each other: `npm run probe:releases`. `npm test` does so for three of them. Exit code 1 when one differs.
 */
import { crossingsOf, Laboratory } from '../test/probe/laboratory.ts';

const RELEASES = ['go1.21.13', 'go1.22.12', 'go1.23.4', 'go1.24.4', 'go1.25.5', 'local'];

using lab = new Laboratory();
process.stdout.write(
  '| Go | answers | calls counted | runtime.NumCgoCall | not patched |\n| --- | --- | --- | --- | --- |\n',
);
for (const release of RELEASES) {
  const toolchain = { GOTOOLCHAIN: release };
  const bare = await lab.run(await lab.build(`bare-${release}`, [], toolchain), ['all']);
  const probed = await lab.buildProbed(`probed-${release}`, [], toolchain);
  const off = await lab.run(probed, ['all']);
  const on = await lab.watch(probed, ['all']);
  const same = off.stdout === bare.stdout && on.stdout === bare.stdout;
  const counted = crossingsOf(on.map);
  const version = (await lab.go(['version', probed])).stdout.replace(/^.*: go/, '');
  const row = [version, same ? 'the same' : 'differ', counted, on.calls, on.map.unpatched.join(', ') || 'none'];
  process.stdout.write(`| ${row.join(' | ')} |\n`);
  if (!same || counted !== on.calls) process.exitCode = 1;
}
