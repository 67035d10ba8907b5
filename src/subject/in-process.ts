/**
 * Builds that share a process: arms that differ in nothing but their build, and those that repeat one, are slots of one host.
 * Before each question Seamark writes into a page of memory, which the host maps, whose library is meant. Each slot is prepared
 * by itself, so that what one library made is never handed to another.
 */
import { createHash } from 'node:crypto';
import { SWITCH_VARIABLE } from '../artifact/switch-source.ts';
import type { SwitchedHost } from '../artifact/switched-host.ts';
import { launch } from '../machine/launch.ts';
import { type Arm, holdsProbe } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import type { Batch, Counts, OpenOptions, Prepared, Session } from '../model/run.ts';
import { converse, type HarnessQuestion, type HarnessSession, openHarness } from './harness.ts';
import { SharedProcess } from './shared-process.ts';
import { planStart, type Start, type Surroundings } from './start.ts';
import { SwitchPage } from './switch-page.ts';

export interface Hosts {
  /** Whether this arm has a library of its own in some host; otherwise it needs a process of its own. */
  takes(arm: Arm): boolean;
  /** `question`: what the arm is asked to prepare. */
  open(arm: Arm, options: OpenOptions, question: HarnessQuestion): Promise<Session>;
}

/** A host that is running or on its way, and how many arms have it. */
interface Living {
  readonly process: Promise<SharedProcess>;
  arms: number;
}

export function createHosts(surroundings: Surroundings, host: SwitchedHost): Hosts {
  const { experiment } = surroundings;
  const builds = experiment.factors.filter(({ family }) => family === 'build').map(({ name }) => name);
  const probes = experiment.factors.filter(({ family }) => family === 'probe').map(({ name }) => name);
  const living = new Map<string, Living>();

  const slotOf = ({ treatment, role }: Arm): number =>
    host.copies.findIndex(
      ({ build, again }) => again === (role === 'aa') && builds.some((name) => treatment.levels[name] === build),
    );
  return {
    takes: (arm) => {
      const { path, levels } = arm.treatment;
      const probed = holdsProbe(arm) || probes.some((name) => (levels[name] ?? 'off') !== 'off');
      return !probed && (path === undefined || path === 'go->rust') && slotOf(arm) >= 0;
    },
    open: async (arm, options, question) => {
      const key = nameHost(arm, options, builds);
      const one = living.get(key) ?? { process: begin(surroundings, host, arm, options, builds), arms: 0 };
      living.set(key, one);
      one.arms += 1;
      const leave = (): boolean => {
        one.arms -= 1;
        if (one.arms === 0) living.delete(key);
        return one.arms === 0;
      };
      const shared = await one.process.catch((error: unknown) => {
        leave();
        throw error;
      });
      const start = planStart(surroundings, arm, options);
      return new SlotSession(converse(shared.join(slotOf(arm), start.name, leave), question), start, question);
    },
  };
}

/** Starts the program that holds all builds. The order in which it loads them is shuffled by the experiment's seed and the block. */
async function begin(
  surroundings: Surroundings,
  host: SwitchedHost,
  arm: Arm,
  options: OpenOptions,
  builds: readonly string[],
): Promise<SharedProcess> {
  const start = planHost(surroundings, host, arm, options, builds);
  const seed = `${surroundings.experiment.seed} ${nameHost(arm, options, builds)}`;
  const shifts = host.copies.map((_, copy) => drawShift(`${seed} ${copy}`));
  const page = new SwitchPage(host, shuffle(host.copies.length, seed), shifts);
  try {
    const env = { ...start.options.env, [SWITCH_VARIABLE]: page.file };
    return new SharedProcess(await launch(start.argv, { ...start.options, env, stdin: 'pipe' }), page, start.answerS);
  } catch (error) {
    page.close();
    throw error;
  }
}

/** As a run of the first build starts, with the switched program in place of its own. */
function planHost(
  { experiment, artifacts, conditions }: Surroundings,
  host: SwitchedHost,
  { id, treatment, every }: Arm,
  options: OpenOptions,
  builds: readonly string[],
): Start {
  const baseline = host.copies[0]?.build ?? '';
  const levels = { ...treatment.levels, ...Object.fromEntries(builds.map((name) => [name, baseline])) };
  const commands = { [treatment.path ?? '']: host.line };
  const switched = artifacts.map((one) => (one.build === baseline && !one.probed ? { ...one, commands } : one));
  const arm: Arm = { id, every, role: 'main', treatment: { ...treatment, levels } };
  return planStart({ experiment, artifacts: switched, conditions }, arm, options);
}

/** Alike for the arms of a block that share a process. */
function nameHost({ treatment }: Arm, { block }: OpenOptions, builds: readonly string[]): string {
  const others = Object.entries(treatment.levels).filter(([name]) => !builds.includes(name));
  return JSON.stringify([block, treatment.path ?? '', others.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** From 1 MiB to 256 GiB, whole pages of 64 KiB: well inside the distance at which copies stand. */
function drawShift(seed: string): number {
  const drawn = createHash('sha256').update(seed).digest().readUInt32LE() % 2 ** 22;
  return 2 ** 20 + drawn * 2 ** 16;
}

function shuffle(length: number, seed: string): number[] {
  const rank = (copy: number) => createHash('sha256').update(`${seed} ${copy}`).digest('hex');
  return Array.from({ length }, (_, copy) => ({ copy, rank: rank(copy) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ copy }) => copy);
}

/**
 * A processor learns the branches of the code that it runs, and another build's turn makes it forget some: on the lab a turn's first
 * 0.3 ms are a fifth slower than the rest. All builds pay that alike, but it makes a difference between them look smaller. So
 * each batch begins with untimed iterations of its own for so long.
 */
const LEAD_S = 0.0003;

/** One build in a host of several. */
class SlotSession implements Session {
  readonly #session: HarnessSession;
  readonly #alone: Start;
  readonly #question: HarnessQuestion;
  #checksum: string | undefined;
  #cycle = 1;
  /** Iterations that take LEAD_S, whole cycles; none until a batch has told how long they take. */
  #lead = 0;

  constructor(session: HarnessSession, alone: Start, question: HarnessQuestion) {
    this.#session = session;
    this.#alone = alone;
    this.#question = question;
  }

  async prepare(): Promise<Prepared> {
    const prepared = await this.#session.prepare();
    this.#checksum = prepared.checksum;
    this.#cycle = Math.max(1, prepared.cycle);
    return prepared;
  }

  async run(iterations: number): Promise<Batch> {
    const batch = await this.#session.run(iterations, this.#lead);
    const cycleS = (batch.seconds / iterations) * this.#cycle;
    if (this.#lead === 0 && cycleS > 0) this.#lead = Math.ceil(LEAD_S / cycleS) * this.#cycle;
    return batch;
  }

  runEach(iterations: number): Promise<readonly number[]> {
    return this.#session.runEach(iterations);
  }

  /**
   * Counts are those of a build by itself, as it is used, in a process of its own: in a host of several nobody could tell whose
   * allocations the host reads. Its outputs must be those seen here.
   */
  async count(iterations: number): Promise<Counts> {
    const session = await openHarness(this.#alone, this.#question);
    try {
      const { checksum } = await session.prepare();
      if (checksum !== this.#checksum) throw this.#differs(checksum);
      return (await session.count?.(iterations)) ?? {};
    } finally {
      await session.close();
    }
  }

  close() {
    return this.#session.close();
  }

  #differs(checksum: string | undefined): Problem {
    return new Problem({
      code: 'checksum-differs',
      message: `${this.#alone.name} answered ${this.#checksum} where it shares a process and ${checksum} in one of its own`,
      cure: 'Something of the library lives on from one build to another (a file, a setting of the process): use `mode: alternating`.',
      blame: 'run',
    });
  }
}
