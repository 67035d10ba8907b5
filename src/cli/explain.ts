/**
 * `seamark explain`: asks the witnesses about what a finished study found. Builds what the study ran once more, requires that it is
 * the same to the byte, and keeps the answers beside the study, whose own files do not change.
 */
import type { Command } from 'commander';
import type { Case } from '../evidence/gather.ts';
import { WITNESS_NAMES, type WitnessName } from '../evidence/witness-name.ts';
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { displayTreatment } from '../report/names.ts';
import { machineClock } from '../runner/clock.ts';
import {
  EXPLANATION_SCHEMA,
  type Explanation,
  keepExplanation,
  readExplanation,
  withAnswers,
} from '../store/explanation.ts';
import type { FinishedStudy } from '../store/finished-study.ts';
import { lockMachine } from '../store/lock.ts';
import { makeRedact } from '../store/privacy.ts';
import { describePlace, findProject } from '../store/project.ts';
import { addConductOptions, collect } from './command-options.ts';
import { type ConductSurroundings, underWatch, type WatchOptions } from './conduct.ts';
import { askWitnesses } from './evidence.ts';
import { addExamples } from './help.ts';
import { type BuiltSubject, listHashes, wantsProbe } from './run-subject.ts';
import { allowsColor, columnsOf } from './terminal.ts';

interface Options extends WatchOptions {
  readonly case?: readonly string[];
  readonly witness?: readonly string[];
  readonly json?: boolean;
  readonly wait: boolean;
}

export function registerExplain(program: Command): void {
  const command = program
    .command('explain')
    .description('ask what else speaks for or against what a stored study of builds, or of planted faults, found')
    .argument('[study]', 'id of a finished study, or enough of its beginning', 'latest')
    .option(
      '--case <treatment>',
      'what both builds share, or a part of it; may be given again (default: all that moved)',
      collect,
    )
    .option('--witness <name>', `one alone; may be given again (default: all): ${WITNESS_NAMES.join(', ')}`, collect)
    .option('--json', 'print what the witnesses said as one document');
  addConductOptions(command).action(explain);
  addExamples(command, [
    ['seamark explain', 'all that moved in the latest study of this project'],
    ["seamark explain --case Decode --witness 'system calls'", 'one case and one witness'],
  ]);
}

async function explain(wanted: string, options: Options): Promise<void> {
  const project = findProject(process.cwd());
  const { openStudy } = await import('../store/finished-study.ts');
  const study = openStudy(project, wanted);
  const names = readNames(options.witness);
  const cases = await chooseCases(study, options.case);
  if (cases.length === 0) {
    await print(study, { study: study.id, gatheredAt: machineClock.date(), witnesses: [] }, options);
    const cure = '--case asks about what did not move, too';
    process.stderr.write(`Nothing moved between the builds, so no witness was asked; ${cure}.\n`);
    return;
  }
  await underWatch(
    options,
    (surroundings) => gatherAnswers({ project, study, cases, names }, options, surroundings),
    async () => {}, // no study is under way
  );
}

interface Question {
  readonly project: string;
  readonly study: FinishedStudy;
  readonly cases: readonly Case[];
  readonly names: readonly WitnessName[];
}

async function gatherAnswers(
  { project, study, cases, names }: Question,
  options: Options,
  surroundings: ConductSurroundings,
): Promise<void> {
  const { line, signal } = surroundings;
  const release = await lockMachine({
    doing: `evidence of ${study.result.experiment}`,
    wait: options.wait,
    signal,
    onWait: (owner) =>
      line.show(`waiting for another study on this machine to end: ${owner.doing} (process ${owner.pid})`),
  });
  try {
    const built = await rebuild(project, study, surroundings);
    const answers = await askWitnesses(study.result, built, surroundings, { cases, names });
    line.clear();
    const witnesses = makeRedact(project)(answers);
    const now = { study: study.id, gatheredAt: machineClock.date(), witnesses };
    const before = readExplanation(study.folder);
    const path = keepExplanation(study.folder, { ...now, witnesses: withAnswers(before?.witnesses, witnesses) });
    await print(study, now, options);
    const replaced = before ? `, in place of the one of ${before.gatheredAt.slice(0, 16).replace('T', ' ')} UTC` : '';
    line.say(`kept as ${describePlace(path)}${replaced}; seamark report ${study.id} shows it`);
  } finally {
    release();
  }
}

/** Throws `builds-differ` when what is built now is not what the study ran. */
async function rebuild(
  project: string,
  study: FinishedStudy,
  { line, signal }: ConductSurroundings,
): Promise<Pick<BuiltSubject, 'experiment' | 'subjects' | 'cores'>> {
  const [{ readRecorded }, { buildSubjects }, { chooseCores }] = await Promise.all([
    import('../store/recorded-study.ts'),
    import('../artifact/build.ts'),
    import('../machine/cores.ts'),
  ]);
  const { experiment, artifacts } = readRecorded(project, study);
  const subjects = await buildSubjects(experiment, {
    project,
    signal,
    probed: wantsProbe(experiment),
    onStep: (step, build) => line.show(`building ${build}: ${step}`),
  });
  line.clear();
  const now = makeRedact(project)(listHashes(subjects));
  const names = [...new Set([...Object.keys(artifacts), ...Object.keys(now)])];
  const changed = names.filter((name) => artifacts[name] !== now[name]);
  if (changed.length > 0) {
    throw new Problem({
      code: 'builds-differ',
      message: `What is built now is not what study ${study.id} ran: ${changed.join(', ')}`,
      cure: 'Put sources, toolchain and flags back as they were then (programs carry the paths they were built in, too), or measure what is here now: `seamark compare`.',
      detail: changed
        .map((name) => `${name}: ${artifacts[name] ?? 'not there'} → ${now[name] ?? 'not there'}`)
        .join('\n'),
    });
  }
  return { experiment, subjects, cores: await chooseCores(experiment.cores) };
}

/** Without a name all cases that moved; by name also those that did not. */
async function chooseCases(
  { id, result }: FinishedStudy,
  named: readonly string[] | undefined,
): Promise<readonly Case[]> {
  const refuse = (code: string, message: string, cure: string) => new Problem({ code, message, cure });
  if (!result.complete) {
    const cure = `seamark run --resume ${id} goes on with it.`;
    throw refuse('study-not-finished', `Study ${id} was interrupted`, cure);
  }
  const { hasMoved, listCases } = await import('../evidence/gather.ts');
  const all = listCases(result);
  if (all.length === 0) {
    const cure = 'Witnesses look at two builds, or at a planted fault and none: `seamark compare`.';
    throw refuse('no-builds', `Study ${id} compares no builds`, cure);
  }
  if (named === undefined) return all.filter(hasMoved);
  const treatments = [...new Set(all.map(({ treatment }) => treatment))];
  const chosen = named.flatMap((name) => {
    const says = (treatment: string) => [treatment, displayTreatment(treatment)];
    const exact = treatments.filter((treatment) => says(treatment).includes(name));
    const found = exact.length > 0 ? exact : treatments.filter((one) => says(one).some((text) => text.includes(name)));
    if (found.length > 0) return found;
    const cure = `There are: ${treatments.map((one) => one || '(no treatment: leave --case out)').join(', ')}.`;
    throw refuse('no-such-case', `Study ${id} has no case ${name}`, cure);
  });
  return all.filter(({ treatment }) => chosen.includes(treatment));
}

function readNames(asked: readonly string[] | undefined): readonly WitnessName[] {
  const unknown = asked?.find((name) => !(WITNESS_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    const cure = `There are: ${WITNESS_NAMES.join(', ')}.`;
    throw new Problem({ code: 'no-such-witness', message: `There is no witness ${unknown}`, cure });
  }
  return WITNESS_NAMES.filter((name) => asked?.includes(name) ?? true);
}

async function print({ result }: FinishedStudy, said: Explanation, { json }: Options): Promise<void> {
  if (json) {
    process.stdout.write(`${JSON.stringify({ schema: EXPLANATION_SCHEMA, ...said }, null, 2)}\n`);
    return;
  }
  const { renderExplanation } = await import('../report/explanation.ts');
  const shown: Result = { ...result, witnesses: said.witnesses };
  const options = { columns: columnsOf(process.stdout), color: allowsColor(process.stdout) };
  process.stdout.write(renderExplanation(shown, options));
}
