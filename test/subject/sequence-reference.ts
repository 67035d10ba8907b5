/**
 * The input sequences of docs/protocol.md, written a third time from the page: what the Go package and the Rust crate
 * must draw. JavaScript's + - * / are the correctly rounded ones of IEEE 754, as theirs are.
 */
const MASK = (1n << 64n) - 1n;

export function splitMix(seed: bigint): () => bigint {
  let state = seed & MASK;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return z ^ (z >> 31n);
  };
}

export type Described =
  | { readonly distribution: 'constant'; readonly at: number }
  | { readonly distribution: 'uniform'; readonly of: number }
  | { readonly distribution: 'zipf'; readonly of: number; readonly s: number };

export function draw(described: Described, seed: bigint, howMany: number): number[] {
  const next = splitMix(seed);
  const shares = described.distribution === 'zipf' ? zipfShares(described.of, described.s) : [];
  return Array.from({ length: howMany }, () => {
    if (described.distribution === 'constant') return described.at;
    if (described.distribution === 'uniform') return Number((next() * BigInt(described.of)) >> 64n);
    const point = Number(next() >> 11n) * 2 ** -53;
    const rank = shares.findIndex((share) => point < share);
    return rank < 0 ? described.of - 1 : rank;
  });
}

function zipfShares(of: number, s: number): number[] {
  let total = 0;
  const sums = Array.from({ length: of }, (_, rank) => {
    total += exponential(-s * logarithm(rank + 1));
    return total;
  });
  return sums.map((sum) => sum / total);
}

function logarithm(x: number): number {
  let exponent = 0;
  let fraction = x;
  for (; fraction >= 1; exponent++) fraction /= 2;
  const z = (fraction - 1) / (fraction + 1);
  const square = z * z;
  let sum = 0;
  for (let k = 39; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return 2 * z * sum + exponent * Math.LN2;
}

function exponential(x: number): number {
  const halvings = Math.floor(x / Math.LN2);
  const rest = x - halvings * Math.LN2;
  let sum = 1;
  for (let k = 24; k >= 1; k--) sum = 1 + (sum * rest) / k;
  return sum * 2 ** halvings;
}
