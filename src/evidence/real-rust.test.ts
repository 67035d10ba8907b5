import { expect, test } from 'vitest';
import { askForeignAllocations } from './allocations.ts';
import { inventBuilds } from './invented-builds.ts';
import { inventCase } from './invented-case.ts';

const GO = `package tiny

// #cgo LDFLAGS: \${SRCDIR}/libdecode.a -lpthread -ldl -lm
// #include <stddef.h>
// size_t tiny_decode(size_t n);
import "C"

func Run() { C.tiny_decode(64) }
`;
const TEST = `package tiny

import "testing"

func BenchmarkRun(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Run()
	}
}
`;
const RUST = `#[inline(never)]
fn numbers(n: usize) -> Vec<u64> {
    let mut all = Vec::with_capacity(n);
    for i in 0..n as u64 {
        all.push(i ^ 7);
    }
    all
}

#[no_mangle]
pub extern "C" fn tiny_decode(n: usize) -> usize {
    numbers(n).iter().sum::<u64>() as usize
}
`;
const RUSTC = { words: ['rustc', '--crate-type=staticlib', '-O', '-o', 'libdecode.a', 'decode.rs'] };

test('Rust without debug information is named by its function: the one whose vector grows, not the library that grows it', async () => {
  const sources = { 'tiny.go': GO, 'tiny_test.go': TEST, 'decode.rs': RUST };
  const grown = { 'decode.rs': RUST.replace('Vec::with_capacity(n)', 'Vec::new()') };
  const builds = await inventBuilds('Run', sources, { old: {}, grown }, [RUSTC]);
  try {
    const one = inventCase('old', 'grown', { seconds: 20e-6, ratio: 1.5, levels: { benchmark: 'Run' } });
    const witness = await askForeignAllocations(one, builds.request);
    // Room for 4, 8, 16, 32 and 64 numbers of 8 bytes.
    expect(witness).toMatchObject({
      says: 'agrees',
      seen: '1 → 5 foreign allocations an operation; 512 → 992 bytes; all of it in decode::numbers',
    });
    expect(witness.findings[0]).toMatchObject({ what: 'decode::numbers', language: 'rust', unit: 'allocations' });
  } finally {
    await builds.remove();
  }
}, 120_000);
