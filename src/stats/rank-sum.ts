/** Wilcoxon's rank-sum test of two independent samples (Mann-Whitney), normal approximation with continuity and ties. */
import { normalCdf } from './normal.ts';

/** Two-sided p-value; 1 when a sample is empty or all values are equal. */
export function rankSumP(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((value) => ({ value, own: 1 })), ...second.map((value) => ({ value, own: 0 }))];
  all.sort((a, b) => a.value - b.value);
  const n = all.length;
  let rankSum = 0;
  let tieTerm = 0;
  for (let start = 0; start < n; ) {
    let end = start;
    while (end + 1 < n && all[end + 1]!.value === all[start]!.value) end++;
    const size = end - start + 1;
    tieTerm += size ** 3 - size;
    for (let i = start; i <= end; i++) rankSum += all[i]!.own * (1 + (start + end) / 2);
    start = end + 1;
  }
  const [m, k] = [first.length, second.length];
  const variance = ((m * k) / 12) * (n + 1 - tieTerm / (n * (n - 1)));
  if (m === 0 || k === 0 || !(variance > 0)) return 1;
  const distance = Math.max(0, Math.abs(rankSum - (m * (n + 1)) / 2) - 0.5);
  return Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)));
}
