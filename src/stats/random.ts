/**
 * Seeded random numbers: the same seed and labels give the same stream on every machine and version.
 * Generator: xoshiro128** 1.1 (Blackman & Vigna, prng.di.unimi.it), seeded through splitmix32.
 */
export interface Random {
  /** A whole number in [0, 2^32). */
  bits(): number;
  /** Fills an array with what as many calls of `bits` would give, sooner. */
  fill(words: Uint32Array): void;
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A whole number in [0, below), every one equally likely. `below` from 1 to 2^32. */
  integer(below: number): number;
  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
}

/**
 * A stream of its own for each seed and list of labels: `createRandom(7, 'judged', 12)` depends on nothing drawn elsewhere,
 * so a resumed study repeats the order of a block exactly.
 */
export function createRandom(seed: number | string, ...labels: readonly (string | number)[]): Random {
  const [a, b] = hash([seed, ...labels].map((part) => `${typeof part}:${part}`).join('\u0000'));
  const first = splitmix(a);
  const second = splitmix(b);
  return fromState([first(), first(), second(), second()]);
}

/** The generator from its bare state of four 32-bit words, not all zero. */
export function fromState(state: readonly [number, number, number, number]): Random {
  let [s0, s1, s2, s3] = state;
  let spare: number | undefined;

  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotate(s3, 11);
    return result;
  };
  const fill = (words: Uint32Array): void => {
    // The same steps on variables of this call, which stay in registers.
    let [a, b, c, d] = [s0, s1, s2, s3];
    for (let i = 0; i < words.length; i++) {
      words[i] = Math.imul(rotate(Math.imul(b, 5), 7), 9);
      const t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = rotate(d, 11);
    }
    [s0, s1, s2, s3] = [a, b, c, d];
  };
  const uniform = (): number => ((bits() >>> 5) * 67108864 + (bits() >>> 6)) / 9007199254740992;
  const integer = (below: number): number => {
    // Rejection: the last, incomplete run of `below` values would favour small numbers.
    const limit = 4294967296 - (4294967296 % below);
    for (;;) {
      const drawn = bits();
      if (drawn < limit) return drawn % below;
    }
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const order = [...items];
    for (let i = order.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const held = order[i]!;
      order[i] = order[j]!;
      order[j] = held;
    }
    return order;
  };
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
  return { bits, fill, uniform, integer, shuffle, normal };
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Two 32-bit lanes over UTF-16 units, each finished as in MurmurHash3. */
function hash(text: string): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return [finish(a ^ text.length), finish(b ^ (a >>> 3))];
}

function finish(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function splitmix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    return finish(state);
  };
}
