/**
 * The engine: pilot, schedule, looks, stop, repetition on fresh blocks, store. What is done next follows from the journal
 * alone, so a study that was interrupted and resumed goes through the same steps as one that was not.
 */
import { type Assessment, assess } from '../analysis/assess.ts';
import { hasMattered } from '../analysis/effect-decisions.ts';
import { raiseMargins } from '../analysis/least-margin.ts';
import { isApart, orderBlock } from '../design/block-order.ts';
import { withProbeOff } from '../design/probe-off.ts';
import type { Calibration } from '../model/calibration.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Arm, Mode, Plan, Schedule } from '../model/plan.ts';
import { Problem, type Warning } from '../model/problem.ts';
import type { Environment, Result } from '../model/result.ts';
import type { Executor, Stage } from '../model/run.ts';
import type { Moment } from '../model/surroundings.ts';
import type { Witness } from '../model/witness.ts';
import { runBlock } from '../runner/block.ts';
import type { Clock } from '../runner/clock.ts';
import { Interruption } from '../runner/interruption.ts';
import type { Pace } from '../runner/pace.ts';
import type { BlockEntry } from '../store/journal.ts';
import type { PartialStudy } from '../store/partial-study.ts';
import { KEPT_BYTES } from '../store/record-files.ts';
import { isAboutDisk } from '../store/write-failure.ts';
import { judgeDropping } from './dropping.ts';
import { requireFairDuet } from './duet.ts';
import { StudyInterrupted } from './interrupted.ts';
import { nextForLayers } from './layer-blocks.ts';
import { Ledger } from './ledger.ts';
import { foreseeOverrun } from './overrun.ts';
import { fixedPace, pilotRounds, provisionalCounting, provisionalPace } from './pacing.ts';
import { nextPilotMode, sayPiloted, settleSchedule } from './pilot.ts';
import { lowerProbe, type ProbePrices } from './probe-level.ts';
import { chooseProbeOff } from './probe-off.ts';
import { dueProbed } from './probed-blocks.ts';
import { glimpse, type StudyEvent } from './progress.ts';
import { forgetRecords, keepRecords, probedArms } from './records.ts';
import { drawResult } from './result.ts';
import { readTimelines, tellRuntimes } from './runtimes.ts';
import { mostBlocks, pacingOf } from './stages.ts';

export interface StudyRequest {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly executor: Executor;
  /** Those that runs may have; a duet shares them out. */
  readonly cores?: readonly number[];
  /** Begun or resumed: see PartialStudy. */
  readonly store: PartialStudy;
  readonly environment: Environment;
  /** What already weakens the answer before anything is measured. */
  readonly warnings?: readonly Warning[];
  /** How often such studies err here, where it was measured. */
  readonly calibration?: Calibration;
  /** Seconds a probed crossing costs more than a bare one here, as the experiment asks for it. */
  readonly probeCostS?: number;
  /** It only begins a search: blocks enough to tell the spread of one, and no more whole mode, which the search's end asks. */
  readonly forSearch?: boolean;
  /** Where crossings are timed: by these the probe is lowered after the pilot. */
  readonly probePrices?: ProbePrices;
  /** Looks at the machine, before and after: what went on in between is told. */
  readonly readMoment?: () => Promise<Moment>;
  readonly clock: Clock;
  readonly onEvent: (event: StudyEvent) => void;
  readonly signal: AbortSignal;
  /** Asked once all is measured, before the study is stored: what else speaks for or against what moved. */
  readonly gatherWitnesses?: (result: Result) => Promise<readonly Witness[]>;
  /** More files of the finished study: `report.html`. */
  readonly pages: Readonly<Record<string, (result: Result) => string | Promise<string>>>;
}

/**
 * Runs the plan to its end and stores it. Rejects with StudyInterrupted when the signal fires (what was measured is kept
 * and can be resumed), with a Problem when it can't go on.
 */
export async function conductStudy(request: StudyRequest): Promise<Result> {
  const { store } = request;
  const ledger = new Ledger(store.entries);
  const before = await request.readMoment?.();
  const look = async () => before && request.readMoment && { before, after: await request.readMoment() };
  try {
    if (store.entries.some((entry) => entry.kind === 'block')) {
      store.append({ kind: 'resumed', at: request.clock.date() });
    }
    request.onEvent({
      kind: 'begun',
      treatments: request.plan.arms.filter((arm) => arm.role === 'main').length,
      budgetS: request.plan.budgetS,
      before: ledger.goodBlocks,
    });
    await new Study(request, ledger).run();
    request.onEvent({ kind: 'storing' });
    const drawn = drawResult(request, ledger, true, await look());
    const witnesses = await request.gatherWitnesses?.(drawn);
    const result = witnesses === undefined ? drawn : { ...drawn, witnesses };
    store.records.trim(probedArms(request.plan), KEPT_BYTES);
    return await store.finish({
      result,
      runs: ledger.runs.map((run) => forgetRecords(run, store.records)),
      timelines: readTimelines(store.records, ledger.runs),
      pages: request.pages,
    });
  } catch (error) {
    if (error instanceof Interruption) {
      const result = ledger.good('judged') > 0 ? drawResult(request, ledger, false, await look()) : undefined;
      store.pause(result);
      throw new StudyInterrupted(store.id, ledger.goodBlocks, ledger.good('pilot'), result);
    }
    // A full disk or a lost folder can be mended and the study resumed; a subject that fails can't.
    if (error instanceof Problem && !isAboutDisk(error)) store.abandon(error, ledger.blocks.length > 0);
    else store.pause(undefined);
    throw error;
  }
}

class Study {
  readonly #request: StudyRequest;
  readonly #ledger: Ledger;
  /** Reading of the clock at which the study would have begun, had it never paused. */
  readonly #originS: number;

  constructor(request: StudyRequest, ledger: Ledger) {
    this.#request = request;
    this.#ledger = ledger;
    this.#originS = request.clock.nowS() - ledger.elapsedS;
  }

  async run(): Promise<void> {
    const { plan } = this.#request;
    while (!this.#ledger.schedule) {
      const mode = nextPilotMode(this.#ledger.blocks, plan, this.#request.experiment);
      if (mode === undefined) break;
      await this.#pilotBlock(mode);
    }
    const schedule = this.#ledger.schedule ?? this.#settle();
    for (let told: Stage = 'pilot'; ; ) {
      const assessment = this.#assess(schedule);
      const { next } = assessment;
      if (next.stage === 'finished') return this.#tellLayers(schedule, assessment);
      if (next.stage !== told) this.#announce(assessment, schedule);
      told = next.stage;
      while (this.#ledger.good(next.stage) < next.blocks) {
        await this.#look(next.stage, schedule, next.only);
        await this.#block(next.stage, schedule, next.only);
        this.#tell(next.stage, schedule, next.blocks);
      }
    }
  }

  /** The same treatment twice, and a treatment with the probe beside itself: in blocks of their own, after every so many of the others. */
  async #look(stage: Stage, schedule: Schedule, only: ReadonlySet<string> | undefined): Promise<void> {
    if (stage !== 'judged' && stage !== 'fresh') return;
    const { plan } = this.#request;
    const { timed, blocks } = this.#ledger;
    const every = plan.arms.find(isApart)?.every ?? Infinity;
    if (this.#ledger.ran('self') < Math.floor(timed / every)) await this.#block('self', schedule, undefined);
    for (const group of dueProbed(withProbeOff(plan, schedule), blocks, timed, only))
      await this.#block('probed', schedule, group);
  }

  /** After the verdict: where a change between builds comes from. */
  async #tellLayers(schedule: Schedule, { found }: Assessment): Promise<void> {
    const { plan, experiment } = this.#request;
    const treatments = new Set(found.flatMap(({ baselineArm, candidateArm }) => [baselineArm, candidateArm]));
    for (;;) {
      const next = nextForLayers({ experiment, plan, found: treatments, ledger: this.#ledger });
      if (!next) return;
      await this.#block('probed', schedule, next.only);
      this.#tell('probed', schedule, next.blocks);
    }
  }

  #announce({ next, found, effects }: Assessment, { processes }: Schedule): void {
    const { onEvent } = this.#request;
    if (next.stage === 'fresh') {
      onEvent({ kind: 'repeating', found, effects: effects.filter(hasMattered).length, blocks: next.blocks });
    }
    if (next.stage === 'processes' && processes) {
      onEvent({ kind: 'with-processes', mode: processes.mode, blocks: next.blocks });
    }
  }

  #settle(): Schedule {
    const { plan, experiment, store, onEvent } = this.#request;
    const off = chooseProbeOff(experiment, plan, this.#ledger.runs);
    const settled = settleSchedule(this.#ledger.blocks, withProbeOff(plan, off), experiment, this.#request);
    const schedule = { ...settled, ...off, ...lowerProbe(plan, this.#ledger.runs, this.#request.probePrices) };
    if (schedule.mode === 'duet') requireFairDuet(this.#ledger.blocks, plan, experiment);
    store.append({ kind: 'schedule', schedule });
    this.#ledger.schedule = schedule;
    const { mode, blockS } = schedule;
    const overrun = foreseeOverrun(schedule, plan, this.#ledger.elapsedS);
    const facts = { blocks: mostBlocks(schedule, 0), blockS, mode, chosen: plan.modes.length > 1, schedule };
    onEvent({ kind: 'scheduled', ...facts, ...(overrun && { overrun }) });
    return schedule;
  }

  #assess(schedule: Schedule): Assessment {
    const { experiment, plan } = this.#request;
    const judged = raiseMargins(experiment, schedule.mode);
    return assess({ experiment: judged, plan, schedule, outcomes: this.#ledger.outcomes });
  }

  async #pilotBlock(mode: Mode): Promise<void> {
    const { plan, experiment } = this.#request;
    const piloted = sayPiloted(this.#ledger.blocks, mode, plan, experiment);
    await this.#run({
      ...{ stage: 'pilot', mode, rounds: pilotRounds(piloted), pace: provisionalPace(piloted) },
      countEvery: provisionalCounting(piloted),
    });
    this.#tell('pilot', undefined, plan.pilotBlocks);
  }

  async #block(stage: Stage, schedule: Schedule, only: ReadonlySet<string> | undefined): Promise<void> {
    const { plan, experiment } = this.#request;
    const pacing = pacingOf(stage, schedule);
    const { mode, rounds, countEvery = 1 } = pacing;
    await this.#run({ stage, mode, rounds, pace: fixedPace(pacing, plan, experiment), only, countEvery });
  }

  /** One block, journaled before anything else happens. */
  async #run({ stage, mode, rounds, pace, only, countEvery }: BlockWanted): Promise<void> {
    const { experiment, executor, cores, clock, store, signal, onEvent } = this.#request;
    const plan = withProbeOff(this.#request.plan, this.#ledger.schedule ?? {});
    // Blocks of a self-check bear the number of the one they follow, the fresh ones counted on from the judged.
    const block = stage === 'self' ? this.#ledger.timed - 1 : this.#ledger.ran(stage);
    const order = orderBlock(plan, stage, block, rounds, only);
    const probed = plan.arms.filter((arm) => arm.role === 'probed' && order.opening.includes(arm.id));
    store.records.requireRoom(probed.length);
    const recordFile = (arm: Arm) => store.records.place(stage, block, plan.arms.indexOf(arm));
    const startedS = clock.nowS() - this.#originS;
    const outcomes = await runBlock(
      {
        experiment,
        plan,
        order,
        stage,
        mode,
        executor,
        ...(cores && { cores }),
        pace,
        counting: stage !== 'self' && stage !== 'probed' && block % countEvery === 0,
        clock,
        originS: this.#originS,
        recordFile: (arm) => (arm.role === 'probed' ? recordFile(arm) : undefined),
        timedEvery: (arm) =>
          arm.role === 'probed' ? this.#ledger.schedule?.timedEvery?.[arm.treatment.id] : undefined,
      },
      signal,
    );
    const endedS = clock.nowS() - this.#originS;
    keepRecords(
      store.records,
      plan,
      outcomes,
      probed.map((arm) => recordFile(arm).name),
    );
    const told = tellRuntimes(store.records, outcomes);
    const entry: BlockEntry = { kind: 'block', stage, mode, block, startedS, endedS, outcomes: told };
    store.append(entry);
    this.#ledger.add(entry);
    for (const outcome of outcomes) {
      if (outcome.kind === 'failure') {
        onEvent({ kind: 'dropped', stage, block, arm: outcome.arm, message: outcome.problem.message });
      }
    }
    const invalid = judgeDropping(this.#ledger.blocks, plan);
    if (invalid) throw invalid;
  }

  #tell(stage: Stage, schedule: Schedule | undefined, of: number): void {
    const { experiment, plan, onEvent } = this.#request;
    const ledger = this.#ledger;
    const most = stage === 'judged' ? mostBlocks(schedule, of) : of;
    const blocks = stage === 'pilot' ? ledger.ran(stage) : ledger.good(stage);
    const pacing = schedule && pacingOf(stage, schedule);
    const leftS = pacing ? (most - blocks) * pacing.blockS : plan.budgetS - ledger.elapsedS;
    const seen = pacing && glimpse({ experiment, plan, outcomes: ledger.outcomes }, stage, pacing.mode, blocks);
    onEvent({
      kind: 'block',
      stage,
      blocks,
      of: most,
      elapsedS: ledger.elapsedS,
      leftS: Math.max(0, leftS),
      ...(seen ? { glimpse: seen } : {}),
    });
  }
}

interface BlockWanted {
  readonly stage: Stage;
  readonly mode: Mode;
  readonly rounds: number;
  readonly pace: Pace;
  /** Treatment ids whose arms take part; undefined: all. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly countEvery: number;
}
