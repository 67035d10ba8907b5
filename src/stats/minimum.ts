/** The least value of a function of one number, and where it crosses a level. */

/**
 * Golden section (Kiefer 1953) on [low, high], for a function with one dip there: the place of its minimum to `tolerance`.
 */
export function findMinimum(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): { readonly at: number; readonly value: number } {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let x1 = b - golden * (b - a);
  let x2 = a + golden * (b - a);
  let f1 = f(x1);
  let f2 = f(x2);
  while (b - a > tolerance) {
    if (f1 <= f2) {
      [b, x2, f2] = [x2, x1, f1];
      x1 = b - golden * (b - a);
      f1 = f(x1);
    } else {
      [a, x1, f1] = [x1, x2, f2];
      x2 = a + golden * (b - a);
      f2 = f(x2);
    }
  }
  return f1 <= f2 ? { at: x1, value: f1 } : { at: x2, value: f2 };
}

/** Bisection: where a function that is below zero at `inside` and not at `outside` reaches zero. */
export function findCrossing(f: (x: number) => number, inside: number, outside: number, tolerance: number): number {
  let [a, b] = [inside, outside];
  while (Math.abs(b - a) > tolerance) {
    const middle = (a + b) / 2;
    if (middle === a || middle === b) break;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
