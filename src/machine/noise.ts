/**
 * How noisy this machine is, now: a quick A against A by the product's own method. Two processes of one small program
 * take turns in batches of about a millisecond; each pair of fresh processes is a block.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Problem } from '../model/problem.ts';
import { detectableLogRatio } from '../stats/power.ts';
import { median, quantile } from '../stats/quantile.ts';
import { createRandom } from '../stats/random.ts';
import { lagOne, robustSd } from '../stats/robust.ts';
import { ensureTool } from './toolbox.ts';

const ROUNDS = 20;
const BATCH_S = 0.001;
const LEVEL = 0.05;
/** Fewer say nothing about a spread. */
const LEAST_BLOCKS = 12;

export interface Noise {
  readonly blocks: number;
  /** Robust standard deviation of a block's log-ratio of A against A: 0.01 is one per cent. */
  readonly blockSd: number;
  /** Median of the blocks' log-ratios: near zero, as both sides are the same program. */
  readonly bias: number;
  /** Autocorrelation of successive blocks. */
  readonly lagOne: number;
  /** Slowest tenth of the blocks over the fastest tenth, by the time of a batch: what runs not taking turns would suffer. */
  readonly swing: number;
  /** The smallest change, as a fraction, called in 8 of 10 studies of so many blocks at 5 %. */
  readonly sees: readonly { readonly blocks: number; readonly change: number }[];
  readonly seconds: number;
}

/** `seconds` of measuring, at least 12 blocks; `signal` ends it early and rejects. */
export async function measureNoise(options: {
  readonly seconds: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** The program that answers rounds of work; built when not given. */
  readonly tool?: string;
}): Promise<Noise> {
  const tool = options.tool ?? (await ensureTool('clock'));
  const random = createRandom(options.seed ?? 1, 'noise');
  const began = performance.now();
  const elapsedS = (): number => (performance.now() - began) / 1000;
  const blocks: BlockNoise[] = [];
  while (blocks.length < LEAST_BLOCKS || elapsedS() < options.seconds) {
    options.signal?.throwIfAborted();
    blocks.push(await measureBlock(tool, () => random.integer(2) === 1));
  }
  return summariseNoise(blocks, elapsedS());
}

export interface BlockNoise {
  readonly logRatio: number;
  /** Seconds a round of work took, the median over both sides. */
  readonly unitS: number;
}

export function summariseNoise(blocks: readonly BlockNoise[], seconds: number): Noise {
  const ratios = blocks.map((block) => block.logRatio);
  const units = blocks.map((block) => block.unitS);
  const sd = robustSd(ratios);
  return {
    blocks: blocks.length,
    blockSd: sd,
    bias: median(ratios),
    lagOne: lagOne(ratios),
    swing: quantile(units, 0.9) / quantile(units, 0.1),
    sees: [20, 60, 300].map((count) => ({
      blocks: count,
      change: Math.expm1(detectableLogRatio({ sd, blocks: count, nominal: LEVEL })),
    })),
    seconds,
  };
}

async function measureBlock(tool: string, swap: () => boolean): Promise<BlockNoise> {
  const [a, b] = [openSpinner(tool), openSpinner(tool)];
  try {
    const rounds = await settle(a, b);
    const ratios: number[] = [];
    const units: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const swapped = swap();
      const first = await (swapped ? b : a).spin(rounds);
      const second = await (swapped ? a : b).spin(rounds);
      ratios.push(swapped ? Math.log(first) - Math.log(second) : Math.log(second) - Math.log(first));
      units.push((first + second) / 2 / rounds);
    }
    return { logRatio: median(ratios), unitS: median(units) };
  } finally {
    a.close();
    b.close();
  }
}

/** Warms both up and finds how many rounds make a batch: the same number for both. */
async function settle(a: Spinner, b: Spinner): Promise<number> {
  let rounds = 20_000;
  for (let step = 0; step < 4; step++) {
    const seconds = Math.max(await a.spin(rounds), await b.spin(rounds));
    rounds = Math.max(1000, Math.round((rounds * BATCH_S) / seconds));
  }
  return rounds;
}

interface Spinner {
  /** Seconds that so many rounds of work took, by the program's own clock. */
  spin(rounds: number): Promise<number>;
  close(): void;
}

function openSpinner(tool: string): Spinner {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(tool, ['-spin'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  // Asked and answered one at a time; whatever way the program ends, the question waiting is told.
  let answer: (line: string | undefined) => void = () => undefined;
  let ended = false;
  const end = (): void => {
    ended = true;
    answer(undefined);
  };
  lines.on('line', (line) => answer(line)).on('close', end);
  child.on('error', end);
  child.stdin.on('error', () => undefined); // a pipe broken by its death: its output ends as well
  return {
    async spin(rounds) {
      const line = await new Promise<string | undefined>((resolve) => {
        answer = resolve;
        if (ended) resolve(undefined);
        else child.stdin.write(`${rounds}\n`);
      });
      if (line !== undefined) return Number(line) / 1e9;
      throw new Problem({
        code: 'noise-not-measured',
        message: 'the small program that measures the noise of this machine ended before it was done',
        cure: 'run `seamark doctor` again; if it repeats, look for limits on processes or memory',
        blame: 'run',
      });
    },
    close() {
      child.stdin.end(); // it leaves at the end of its input
    },
  };
}
