/**
 * The bounds between the buckets of an octave, as whole numbers, for TypeScript, Go and Rust: 2^(i/64) - 1 in units of
 * 2^-52, rounded down. No library's logarithm is asked, so all three put every number into the same bucket. Beside them the
 * vector that shows it: what a seeded stream of hard cases comes to, by exact arithmetic.
 */
const SELF = 'scripts/layout/buckets.ts';
const SCALE = 6;
const BUCKETS = 1 << SCALE;
const MANTISSA_BITS = 52n;
const SEED = 0x5ea3a12c;
const VALUES = 100_000;

/** 63 numbers of 52 bits, ascending. */
export function bucketBounds(): readonly bigint[] {
  return Array.from({ length: BUCKETS - 1 }, (_, i) => {
    let root = 2n ** (MANTISSA_BITS * BigInt(BUCKETS) + BigInt(i + 1));
    // A 64th root is six square roots, and rounding down each is rounding down once.
    for (let step = 0; step < SCALE; step++) root = squareRoot(root);
    return root - 2n ** MANTISSA_BITS;
  });
}

export function bucketsForTypeScript(): string {
  return `// Generated from ${SELF}; do not edit.

/** 2^(i/64) - 1 for i = 1 to 63, in units of 2^-52, rounded down. */
export const BUCKET_BOUNDS: readonly number[] = [
${table((bound) => `  ${bound},`)}
];
`;
}

export function bucketsForGo(): string {
  return `// Code generated from ${SELF} by scripts/generate.ts. DO NOT EDIT.

package histogram

// bounds are 2^(i/64) - 1 for i = 1 to 63, in units of 2^-52, rounded down.
var bounds = [...]uint64{
${table((bound) => `\t${bound},`)}
}
`;
}

export function bucketsForRust(): string {
  return `// Generated from ${SELF}; do not edit.

/// 2^(i/64) - 1 for i = 1 to 63, in units of 2^-52, rounded down.
pub(super) const BOUNDS: [u64; ${BUCKETS - 1}] = [
${table((bound) => `    ${group(bound)},`)}
];
`;
}

const table = (line: (bound: bigint) => string): string => bucketBounds().map(line).join('\n');
const group = (bound: bigint): string => bound.toString().replaceAll(/\B(?=(\d{3})+$)/g, '_');

/** Seed, how many values, and the checksum of their bucket indices: FNV-1a over each as four bytes, lowest first. */
export function bucketVector(): string {
  const bounds = bucketBounds();
  let hash = 0x811c9dc5;
  for (const bits of hardCases(bounds)) {
    let index = exactBucket(bits, bounds);
    for (let byte = 0; byte < 4; byte++, index >>= 8) hash = Math.imul(hash ^ (index & 0xff), 0x01000193) >>> 0;
  }
  return `${JSON.stringify({ seed: SEED, values: VALUES, checksum: hash }, null, 1)}\n`;
}

/**
 * Bit patterns of positive doubles by xorshift32: whole numbers; powers of two and their neighbours; bounds and theirs; any
 * number. The tests of the three languages draw the same stream.
 */
function* hardCases(bounds: readonly bigint[]): Generator<bigint> {
  let state = SEED;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const view = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < VALUES; i++) {
    const [a, b] = [next(), next()];
    const step = BigInt((a >>> 8) % 3) - 1n;
    switch (a % 4) {
      case 0:
        view.setFloat64(0, b + 1);
        yield view.getBigUint64(0);
        break;
      case 1:
        yield (BigInt((b % 2046) + 1) << MANTISSA_BITS) + step;
        break;
      case 2:
        yield (BigInt(((b >>> 6) % 2046) + 1) << MANTISSA_BITS) + bounds[b % 63]! + step;
        break;
      default:
        yield (BigInt((a >>> 8) % 2047) << MANTISSA_BITS) | (BigInt(b & 0xfffff) << 32n) | BigInt(next());
    }
  }
}

/** ceil(64 log2 v) - 1 in whole numbers. */
function exactBucket(bits: bigint, bounds: readonly bigint[]): number {
  let exponent = Number(bits >> MANTISSA_BITS);
  let mantissa = bits & (2n ** MANTISSA_BITS - 1n);
  if (exponent === 0) {
    // Subnormal: move the leading one to where it stands by itself.
    exponent = mantissa.toString(2).length - Number(MANTISSA_BITS);
    mantissa = (mantissa << BigInt(1 - exponent)) - 2n ** MANTISSA_BITS;
  }
  const octave = BUCKETS * (exponent - 1023);
  return mantissa === 0n ? octave - 1 : octave + bounds.filter((bound) => bound < mantissa).length;
}

function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
