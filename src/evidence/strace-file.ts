/** What `strace -f -qq` wrote, one call a line: how often each kind was made. */

/**
 * Kind -> calls. Of `futex` the waits are told from the wakes. A call that another thread's interrupted is two lines, of which
 * the first counts; signals and ends of processes are no calls. The thread by which Go's runtime watches over itself is left
 * out: it wakes by the clock, and a program that strace slows down is watched the longer.
 */
export function countCalls(text: string): ReadonlyMap<string, number> {
  const threads = new Map<string, Map<string, number>>();
  for (const line of text.split('\n')) {
    const [, thread = '', name, rest = ''] = /^(\d+)? *([a-z_]\w*)\((.*)/.exec(line) ?? [];
    if (name === undefined) continue;
    const kind = name === 'futex' ? futexKind(rest) : name;
    const counts = threads.get(thread) ?? new Map<string, number>();
    threads.set(thread, counts.set(kind, (counts.get(kind) ?? 0) + 1));
  }
  const sum = new Map<string, number>();
  for (const counts of threads.values()) {
    if (isWatch(counts)) continue;
    for (const [kind, calls] of counts) if (kind !== SHORT_SLEEP) sum.set(kind, (sum.get(kind) ?? 0) + calls);
  }
  return sum;
}

/** Only Go's runtime sleeps by it, elsewhere while it spins for a lock of its own; the C library has `clock_nanosleep`. */
const SHORT_SLEEP = 'nanosleep';

function isWatch(counts: ReadonlyMap<string, number>): boolean {
  const all = [...counts.values()].reduce((sum, calls) => sum + calls, 0);
  return (counts.get(SHORT_SLEEP) ?? 0) > all / 2;
}

function futexKind(rest: string): string {
  if (/\bFUTEX_(WAIT|LOCK_PI)/.test(rest)) return 'futex (wait)';
  return /\bFUTEX_(WAKE|UNLOCK_PI)/.test(rest) ? 'futex (wake)' : 'futex';
}
