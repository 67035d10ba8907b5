/**
 * Makes a repository with a history of its own: Go that calls Rust, at least 64 commits on its main line, one of them 3 % slower at a
 * place the seed draws, two in a row that can't be built, and the merge of a side branch. The same seed gives the same commits.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/stats/random.ts';

export interface History {
  readonly folder: string;
  /** Shas of the main line, the good end first, the bad one last. */
  readonly mainline: readonly string[];
  readonly culprit: string;
  readonly unbuildable: readonly string[];
  readonly merge: string;
}

export interface HistoryOptions {
  readonly seed: number;
  /** On the main line after the first. */
  readonly commits?: number;
  /** Whether the slower commit lies on the side branch. */
  readonly culpritOnBranch?: boolean;
}

/** Steps of the loop that every decoding takes, before and after: 3 % of the work. */
const [ROUNDS, SLOWER] = [20_000, 20_600];

export function makeHistory(folder: string, { seed, commits = 64, culpritOnBranch = false }: HistoryOptions): History {
  const random = createRandom(seed, 'history');
  const git = makeGit(folder);
  const state: State = { rounds: ROUNDS, broken: false, notes: 0, encode: 3, cases: 1, doc: 0 };
  mkdirSync(join(folder, 'core'), { recursive: true });
  git('init', '-q', '-b', 'main');
  writeFixed(folder);
  write(folder, state);
  const mainline = [git.commit('core: decode and encode over the boundary')];
  const broken = 2 + random.integer(commits - 6);
  const merged = 2 + random.integer(commits - 6);
  // Neither beside the broken ones nor the merge itself.
  const free = Array.from({ length: commits - 2 }, (_, at) => at + 1).filter(
    (at) => Math.abs(at - broken) > 2 && Math.abs(at - merged) > 1,
  );
  const slow = free[random.integer(free.length)]!;
  const unbuildable: string[] = [];
  let culprit = '';
  let merge = '';
  for (let at = 1; at <= commits; at += 1) {
    if (at === merged) {
      const branch = makeBranch(folder, git, state, culpritOnBranch);
      if (branch !== undefined) culprit = branch;
      merge = git.merge('side', 'Merge the side branch');
      mainline.push(merge);
      continue;
    }
    state.broken = at === broken || at === broken + 1;
    const isSlow = at === slow && !culpritOnBranch;
    const message = isSlow ? 'decode: check every round' : change(state, random.integer(4));
    if (isSlow) state.rounds = SLOWER;
    write(folder, state);
    mainline.push(git.commit(message));
    if (isSlow) culprit = mainline.at(-1)!;
    if (state.broken) unbuildable.push(mainline.at(-1)!);
  }
  return { folder, mainline, culprit, unbuildable, merge };
}

interface State {
  rounds: number;
  broken: boolean;
  notes: number;
  encode: number;
  cases: number;
  doc: number;
}

/** Something that decoding does not notice. */
function change(state: State, kind: number): string {
  if (kind === 0) {
    state.notes += 1;
    return `core: say why, note ${state.notes}`;
  }
  if (kind === 1) {
    state.encode += 2;
    return 'encode: another constant';
  }
  if (kind === 2) {
    state.cases += 1;
    return `test: case ${state.cases}`;
  }
  state.doc += 1;
  return `docs: line ${state.doc}`;
}

/** Three commits off the main line, which nothing else touches; the slower one, where it is among them. */
function makeBranch(folder: string, git: Git, state: State, slower: boolean): string | undefined {
  git('checkout', '-q', '-b', 'side');
  writeFileSync(join(folder, 'side.txt'), 'begun\n');
  git.commit('side: begin');
  if (slower) state.rounds = SLOWER;
  else writeFileSync(join(folder, 'side.txt'), 'middle\n');
  write(folder, state);
  const middle = git.commit(slower ? 'decode: check every round' : 'side: go on');
  writeFileSync(join(folder, 'side.txt'), 'end\n');
  git.commit('side: end');
  git('checkout', '-q', 'main');
  return slower ? middle : undefined;
}

function write(folder: string, { rounds, broken, notes, encode, cases, doc }: State): void {
  writeFileSync(
    join(folder, 'core', 'lib.rs'),
    `//! Decoding and encoding, called from Go.
${Array.from({ length: notes }, (_, at) => `// Note ${at + 1}.\n`).join('')}
/// Decodes a word.
#[no_mangle]
pub extern "C" fn decode(word: u64) -> u64 {
    let mut x = word | 1;
    for _ in 0..${rounds} {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x
}

/// Encodes a word.
#[no_mangle]
pub extern "C" fn encode(word: u64) -> u64 {
    word.wrapping_mul(${encode})${broken ? ' +' : ''}
}
`,
  );
  writeFileSync(
    join(folder, 'README.md'),
    `# History\n${Array.from({ length: doc }, (_, at) => `Line ${at + 1}.\n`).join('')}`,
  );
  writeFileSync(
    join(folder, 'history_test.go'),
    `package history

import "testing"

func TestEncode(t *testing.T) {
	for n := uint64(0); n < ${cases}; n++ {
		if Encode(n)%2 != n%2 {
			t.Fatal(n)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Decode(uint64(i))
	}
}
`,
  );
}

function writeFixed(folder: string): void {
  writeFileSync(join(folder, 'go.mod'), 'module example.com/history\n\ngo 1.24\n');
  writeFileSync(join(folder, '.gitignore'), '.seamark/\n');
  writeFileSync(
    join(folder, 'history.go'),
    `// Package history calls Rust.
package history

/*
#include <stdint.h>
uint64_t decode(uint64_t word);
uint64_t encode(uint64_t word);
*/
import "C"

// Decode decodes a word.
func Decode(word uint64) uint64 { return uint64(C.decode(C.uint64_t(word))) }

// Encode encodes a word.
func Encode(word uint64) uint64 { return uint64(C.encode(C.uint64_t(word))) }
`,
  );
  writeFileSync(
    join(folder, 'seamark.yaml'),
    `experiment: history
subject:
  kind: go-bench
  package: .
  bench: Decode
  build:
    - rustc --edition 2021 --crate-type=staticlib -O -C panic=abort -o $OUT/libcore.a core/lib.rs
  environment: {CGO_LDFLAGS: $OUT/libcore.a, GOWORK: "off"}
budget: 90 s
`,
  );
}

interface Git {
  (...words: readonly string[]): string;
  commit(message: string): string;
  merge(branch: string, message: string): string;
}

const AUTHORS = ['Ada', 'Grace', 'Barbara'];

/** Nothing of the user's settings has a say; every commit has a date and an author of its own. */
function makeGit(folder: string): Git {
  let made = 0;
  const run = (words: readonly string[]): string => {
    const author = AUTHORS[made % AUTHORS.length]!;
    const date = new Date(Date.UTC(2026, 0, 1) + made * 3_600_000).toISOString();
    return execFileSync('git', ['-c', 'commit.gpgsign=false', '-c', 'gc.auto=0', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: `${author.toLowerCase()}@example.com`,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: author,
        GIT_COMMITTER_EMAIL: `${author.toLowerCase()}@example.com`,
        GIT_COMMITTER_DATE: date,
      },
    }).trim();
  };
  const done = (...words: readonly string[]): string => {
    run(words);
    made += 1;
    return run(['rev-parse', 'HEAD']);
  };
  return Object.assign((...words: readonly string[]) => run(words), {
    commit: (message: string) => {
      run(['add', '--all']);
      return done('commit', '-q', '--allow-empty', '-m', message);
    },
    merge: (branch: string, message: string) => done('merge', '-q', '--no-ff', '-m', message, branch),
  });
}
