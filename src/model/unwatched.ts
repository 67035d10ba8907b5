/** A probed process that could not write its record file: it ran as if nobody watched, and left an empty file that says why. */

const REASONS = {
  create: (place) => `no record file could be made${place}`,
  limit: () => 'a file may not be as large as a record file (ulimit -f)',
  map: () => 'the record file could not be mapped (is the address space limited by ulimit -v?)',
  room: (place) => `there was no room for the record file${place}`,
} satisfies Record<string, (place: string) => string>;

/** What failed: making the file, its size against the limit, mapping it, room for its first pages. */
export type UnwatchedStep = keyof typeof REASONS;

export interface Unwatched {
  readonly step: UnwatchedStep;
  /** As the system names its reason: `ENOSPC`. */
  readonly error: string;
}

/** What the name of such a file says, `….why-room-28`; undefined for others. `nameError`: the system's name of its error number. */
export function readWhy(name: string, nameError: (errno: number) => string): Unwatched | undefined {
  const [, step = '', number] = /\.why-([a-z]+)-(\d{1,5})$/.exec(name) ?? [];
  if (!isStep(step)) return undefined;
  const errno = Number(number);
  return { step, error: errno === 0 ? 'no reason given' : nameError(errno) };
}

/** `place`: where the file was to be, as the reader knows it. */
export function explainUnwatched({ step, error }: Unwatched, place?: string): string {
  return `${REASONS[step](place === undefined ? '' : ` in ${place}`)} (${error})`;
}

function isStep(word: string): word is UnwatchedStep {
  return Object.hasOwn(REASONS, word);
}
