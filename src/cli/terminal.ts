/**
 * What the terminal allows: colour, width, a live line. Colour only ever repeats what words already say.
 * NO_COLOR, FORCE_COLOR, CI and TERM=dumb are honoured here and nowhere else.
 */
import pico from 'picocolors';

export type Colors = ReturnType<typeof pico.createColors>;

export interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** no-color.org: any non-empty NO_COLOR turns colour off; FORCE_COLOR (but not 0 or false) turns it on, pipes included. */
export function allowsColor(stream: Stream, environment: Variables = process.env): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment.TERM !== 'dumb';
}

export function colorsFor(stream: Stream, environment: Variables = process.env): Colors {
  return pico.createColors(allowsColor(stream, environment));
}

/** A line that is redrawn makes sense only where somebody watches. */
export function allowsLiveLine(stream: Stream, environment: Variables = process.env): boolean {
  return stream.isTTY === true && environment.TERM !== 'dumb' && !environment.CI;
}

/** Columns to draw in: the terminal's own, at least 40, at most 120; 100 where there is no terminal. */
export function columnsOf(stream: Stream): number {
  return Math.min(120, Math.max(40, stream.columns ?? 100));
}

/** Resolves when all that was written has left the process, so that ending it cuts nothing. */
export function drain(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

/** A reader that has gone (`seamark plan | head -1`) is no failure: what is still written is dropped. */
export function forgiveClosedPipe(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
