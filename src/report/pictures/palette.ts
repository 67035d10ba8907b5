/** One meaning, one colour, in every picture. Each is a variable of the page with its light value, so that a picture taken out of the page still shows. */

export const INK = 'var(--ink, #1b1f24)';
export const FAINT = 'var(--ink-2, #57606a)';
export const LINE = 'var(--line, #d8dee4)';
export const BAND = 'var(--band, #e9eef4)';
export const GROUND = 'var(--ground, #ffffff)';
export const GO = 'var(--go, #0e7490)';
export const RUST = 'var(--rust, #b7410e)';
export const ENTRY = 'var(--entry, #64748b)';
export const RETURN = 'var(--return, #94a3b8)';
export const HELPER = 'var(--helper, #b45309)';

const TONES: Readonly<Record<string, string>> = {
  bad: 'var(--bad, #b42318)',
  good: 'var(--good, #1a7f37)',
  doubt: 'var(--doubt, #8a5a00)',
};

export function toneColor(tone: string): string {
  return TONES[tone] ?? INK;
}

export function pathColor(path: string | undefined): string {
  if (path === 'go') return GO;
  return path === 'rust' ? RUST : ENTRY;
}
