/**
 * A fault that nobody chose: kind, site and size drawn from a seed, for drills in which it has to be found. The same seed
 * and choice give the same fault.
 */
import type { Factor } from '../model/experiment.ts';
import { FAULT_KINDS, type FaultKind, type FaultName } from '../model/fault.ts';
import { createRandom } from '../stats/random.ts';

export interface HiddenChoice {
  /** What crosses in the program: a fault is hidden in one of these. */
  readonly sites: readonly { readonly site: string; readonly kind: 'call' | 'callback' }[];
  /** Default: all that the sites allow. */
  readonly kinds?: readonly FaultName[];
  /** Where other sizes than usual fit the program: from what was drawn evenly between 0 and 1. */
  readonly sizeOf?: (kind: FaultName, site: string | undefined, drawn: number) => HiddenSize;
}

/** In the base unit of its kind. */
export interface HiddenSize {
  readonly size: number;
  readonly every?: number;
}

/** Such as are found within minutes on a program whose crossings take microseconds. */
const USUAL: Readonly<Record<FaultName, readonly [number, number]>> = {
  delay: [100e-9, 20e-6],
  jitter: [200e-9, 20e-6],
  copy: [4096, 2 ** 18],
  alloc: [256, 2 ** 16],
  leak: [64, 4096],
  lock: [100e-9, 10e-6],
  syscall: [1, 16],
  threads: [1, 2],
  allocs: [1, 256],
  contention: [5e-6, 100e-6],
  'go-delay': [100e-9, 20e-6],
  'go-alloc': [256, 2 ** 16],
  'go-copy': [256, 2 ** 16],
  'callback-delay': [100e-9, 20e-6],
  ballast: [2 ** 24, 2 ** 28],
  cache: [2 ** 22, 2 ** 26],
  cores: [1, 1],
};

/** A thread, or being woken by one, takes tens of microseconds: at each crossing it would be no riddle. */
const EVERY: Readonly<Partial<Record<FaultName, number>>> = { threads: 16, contention: 16 };

/**
 * As the factor of an experiment: `none`, and what was drawn; sizes lie evenly by their logarithm. Throws when no kind fits
 * the sites.
 */
export function drawFault(seed: number, { sites, kinds, sizeOf = usualSize }: HiddenChoice): Factor {
  const random = createRandom(seed, 'hidden fault');
  const fitting = FAULT_KINDS.filter(({ name }) => kinds?.includes(name) ?? true).filter(
    (kind) => kind.layer === 'process' || sitesOf(kind, sites).length > 0,
  );
  const kind = fitting[fitting.length === 0 ? 0 : random.integer(fitting.length)];
  if (!kind) throw new Error('no kind of fault fits these sites');
  const there = sitesOf(kind, sites);
  const site = there[there.length === 0 ? 0 : random.integer(there.length)];
  const { size, every } = sizeOf(kind.name, site, random.uniform());
  return {
    name: `fault.${kind.name}`,
    family: 'fault',
    levels: [{ text: 'none' }, levelOf(kind, Math.min(kind.most, size))],
    ...(site === undefined ? {} : { site }),
    ...(every === undefined ? {} : { every }),
    ...(kind.name === 'jitter'
      ? { spread: random.integer(2) === 0 ? ('uniform' as const) : ('exponential' as const) }
      : {}),
  };
}

/** Evenly by its logarithm. */
function usualSize(kind: FaultName, _: string | undefined, drawn: number): HiddenSize {
  const [least, most] = USUAL[kind];
  const every = EVERY[kind];
  const size = Math.max(least, Math.min(most, least * (most / least) ** drawn));
  return { size, ...(every === undefined ? {} : { every }) };
}

function sitesOf({ layer }: FaultKind, sites: HiddenChoice['sites']): readonly string[] {
  if (layer === 'process') return [];
  const wanted = layer === 'callback' ? 'callback' : 'call';
  return sites.filter(({ kind }) => kind === wanted).map(({ site }) => site);
}

/** As a spec would say it: whole nanoseconds, bytes or numbers. */
function levelOf({ dimension }: FaultKind, size: number): Factor['levels'][number] {
  if (dimension === 'seconds') {
    const ns = Math.max(1, Math.round(size * 1e9));
    return { text: `${ns} ns`, value: ns * 1e-9, dimension };
  }
  const whole = Math.max(1, Math.round(size));
  return { text: dimension === 'bytes' ? `${whole} B` : String(whole), value: whole, dimension };
}
