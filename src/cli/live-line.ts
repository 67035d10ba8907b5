/**
 * What a running study says on stderr: one line that is redrawn where somebody watches, a few plain lines elsewhere.
 * It is drawn between blocks only: nothing happens on its account while batches are timed.
 */
import type { Contrast } from '../model/plan.ts';
import type { Stage } from '../model/run.ts';
import { formatChange } from '../report/change.ts';
import { formatDuration } from '../report/facts.ts';
import { displayLevel } from '../report/names.ts';
import { shorten } from '../report/terminal.ts';
import type { Glimpse, StudyEvent } from '../study/progress.ts';
import { allowsLiveLine } from './terminal.ts';

export interface LineStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface LiveLineOptions {
  readonly stream: LineStream;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Default: whether the terminal allows it. */
  readonly live?: boolean;
}

const CLEAR = '\r\u001b[K';
const STAGES = {
  pilot: 'pilot',
  judged: 'block',
  fresh: 'repeating, block',
  self: 'against itself, block',
  probed: 'layers, block',
  processes: 'with processes, block',
} as const;
/** Plain lines of a stage: one for each of so many parts of it. */
const PARTS = 4;

export class LiveLine implements Disposable {
  readonly #options: LiveLineOptions;
  readonly #live: boolean;
  #shown = false;
  #glimpse: Glimpse | undefined;
  #stage: Stage | undefined;
  /** Stage and part of it that the last plain line told. */
  #told = '';

  constructor(options: LiveLineOptions) {
    this.#options = options;
    this.#live = !options.quiet && (options.live ?? allowsLiveLine(options.stream));
  }

  /** What goes on and takes a while, before there are blocks: redrawn, or said once. */
  show(text: string): void {
    if (this.#options.quiet) return;
    if (!this.#live) {
      this.#options.stream.write(`${text}\n`);
      return;
    }
    this.#options.stream.write(`${CLEAR}${shorten(text, Math.max(20, (this.#options.stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }

  /** Stays above the line. */
  say(text: string): void {
    if (this.#options.quiet) return;
    this.clear();
    this.#options.stream.write(`${text}\n`);
  }

  clear(): void {
    if (this.#shown) this.#options.stream.write(CLEAR);
    this.#shown = false;
  }

  [Symbol.dispose](): void {
    this.clear();
  }

  readonly onEvent = (event: StudyEvent): void => {
    switch (event.kind) {
      case 'begun':
        this.show(
          event.before > 0
            ? `measuring: going on after ${event.before} blocks`
            : `measuring ${event.treatments} treatments in about ${formatDuration(event.budgetS)}, the pilot first`,
        );
        return;
      case 'block':
        // What an earlier stage saw is not what this one sees.
        this.#glimpse = event.glimpse ?? (event.stage === this.#stage ? this.#glimpse : undefined);
        this.#stage = event.stage;
        if (this.#live) this.show(this.#describe(event));
        else this.#tellSeldom(event);
        return;
      case 'scheduled':
        if (this.#options.verbose || !this.#live) {
          const how = event.chosen ? `, ${event.mode}` : '';
          const many = Number.isFinite(event.blocks) ? `at most ${event.blocks} blocks` : 'blocks without end';
          this.say(`${many} of ${formatDuration(event.blockS)}${how}, looked at as they come`);
        }
        if (event.overrun) {
          const { mostS, budgetS } = event.overrun;
          this.say(
            `it may take up to ${formatDuration(mostS)}: a budget of ${formatDuration(budgetS)} is less than the least study`,
          );
        }
        return;
      case 'repeating':
        this.say(`${countFound(event.found.length, event.effects)} found; repeating on ${event.blocks} fresh blocks`);
        return;
      case 'with-processes':
        this.say(`confirmed; asking ${event.blocks} blocks of ${event.mode} processes as well`);
        return;
      case 'dropped':
        this.say(`block ${event.block + 1} dropped: ${event.message}`);
        return;
      case 'storing':
        if (this.#live) this.show('writing the study');
        return;
    }
  };

  #tellSeldom(event: Extract<StudyEvent, { kind: 'block' }>): void {
    // Watching has no end: a line each time the blocks have doubled.
    const part = Number.isFinite(event.of)
      ? Math.floor((event.blocks / event.of) * PARTS)
      : Math.floor(Math.log2(event.blocks));
    const key = `${event.stage} ${part}`;
    if (key === this.#told || part === 0) return;
    this.#told = key;
    this.say(this.#describe(event));
  }

  #describe(event: Extract<StudyEvent, { kind: 'block' }>): string {
    const of = Number.isFinite(event.of) ? ` of ${event.of}` : ', until it is decided';
    const parts = [`${STAGES[event.stage]} ${event.blocks}${of}`];
    if (this.#glimpse) parts.push(describeGlimpse(this.#glimpse));
    const open = event.stage === 'pilot' || !Number.isFinite(event.leftS);
    parts.push(open ? `${formatDuration(event.elapsedS)} so far` : timeLeft(event.leftS));
    return parts.join(' · ');
  }
}

function describeGlimpse({ contrast, ratio, low, high }: Glimpse): string {
  const { change, interval } = formatChange(ratio, low, high, ratio >= 10 ? '×' : '%', 0.02);
  return `${nameContrast(contrast)} ${change} ${interval}`;
}

function nameContrast({ candidate, baseline, treatment }: Contrast): string {
  const sides = `${displayLevel(candidate)} against ${displayLevel(baseline)}`;
  return treatment === '' ? sides : `${sides} (${treatment})`;
}

function timeLeft(seconds: number): string {
  return seconds < 1 ? 'nearly done' : `at most ${formatDuration(Math.ceil(seconds))} left`;
}

const countDifferences = (count: number): string => (count === 1 ? '1 difference' : `${count} differences`);
const countEffects = (count: number): string => (count === 1 ? '1 effect' : `${count} effects`);
const countFound = (differences: number, effects: number): string =>
  [
    ...(differences > 0 || effects === 0 ? [countDifferences(differences)] : []),
    ...(effects > 0 ? [countEffects(effects)] : []),
  ].join(' and ');
