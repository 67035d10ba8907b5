/**
 * `seamark probe -- go test -bench=. ./...`: any Go command on a cgo project, its crossings counted and timed, nothing of
 * it changed. The command keeps its terminal, its output and its exit code; the boundary map goes to stderr, since
 * stdout is the command's own, and with --json or --out to where it is asked. With JSON on stdout, the command's output
 * goes to stderr: stdout is then one document.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { mapBoundary } from '../analysis/boundary-map.ts';
import { readTimeline } from '../analysis/timeline.ts';
import { requireCCompiler } from '../artifact/c-compiler.ts';
import { readHeapSnapshots } from '../instrument/heap-snapshot.ts';
import { controlProbe } from '../instrument/probe-control.ts';
import { COST_EVERY, measureProbeCost, type ProbeCost } from '../instrument/probe-cost.ts';
import { instrumentGo } from '../instrument/probe-environment.ts';
import { explainUnread, type RecordFolder, readRecordFiles } from '../instrument/record-folder.ts';
import { ensureTool } from '../machine/toolbox.ts';
import { Problem } from '../model/problem.ts';
import type { Timeline } from '../model/timeline.ts';
import { formatNumber } from '../model/unit.ts';
import { describePlace } from '../store/project.ts';
import { makeStudyId } from '../store/study-id.ts';
import { addExamples } from './help.ts';
import { buildsByGo, type Ran, readGoSettings, refuseHindrance, runWatched } from './probe-command.ts';
import { deliver, deliverSites, makeProbeFolder, requireWritable, type Wanted, wantsStdout } from './probe-delivery.ts';
import { answerSites } from './probe-list.ts';
import { RecordPlace } from './probe-place.ts';
import { explainSilence, tellBare, tellEnd, tellIdle } from './probe-silence.ts';
import { PROBE_SCHEMA, type ProbeAnswer } from './probe-text.ts';
import { readWhole } from './run-options.ts';
import { INTERRUPTED, StopKeys } from './stop.ts';

/** Of each process in the answer, evenly over its run; its record file has up to 4,096. */
const KEPT_SAMPLES = 600;

interface Options extends Wanted {
  readonly counters?: boolean;
  readonly keep?: boolean;
  readonly records?: number;
  /** Milliseconds between two samples. */
  readonly samples: number;
  /** Seconds after the start of each process at which both heaps are written. */
  readonly heapAt?: number;
  readonly list?: boolean;
  readonly site: readonly string[];
  readonly not: readonly string[];
  readonly every?: number;
  readonly flight?: boolean;
}

export function registerProbe(program: Command): void {
  const command = program
    .command('probe')
    .description('run a Go command with every crossing of its cgo calls counted and timed, its source untouched')
    .argument(
      '<command...>',
      'a command that builds, tests or runs Go: go test …, go run …, make, or a program built so',
    )
    .option(
      '--json [file]',
      'write the boundary map as JSON; without a file to standard output, and what the command prints there to standard error',
    )
    .option('--out <file>', 'write the boundary map as text to a file, not to standard error')
    .option('--counters', 'count crossings and do not time them')
    .option('--list', 'list the sites and run nothing: of packages, a go command, or a program built so')
    .option('--site <glob>', 'see only these sites, by symbol or package.symbol; may be given again', collect, [])
    .option('--not <glob>', 'leave these sites out; may be given again', collect, [])
    .option('--every <n>', 'time and record 1 in n crossings of a site, count all', readWhole(1, 1_000_000))
    .option('--flight', 'keep the last records of a thread, not the first')
    .option('--keep', 'keep the record files beside the map')
    .option('--records <n>', 'records kept a thread, a power of two (16384)', readWhole(64, 2 ** 24))
    .option(
      '--samples <ms>',
      'milliseconds between two samples of both runtimes; 0 takes none',
      readWhole(0, 60_000),
      10,
    )
    .option(
      '--heap-at <seconds>',
      'write both heaps of each process that long after its start, beside the map; the Go one holds what the program holds',
      readWhole(0, 86_400),
    )
    .passThroughOptions()
    .action(probe);
  addExamples(command, [
    [
      'seamark probe -- go test -bench=. ./...',
      'where the benchmarks of a cgo project spend their time at its boundary',
    ],
    ['seamark probe --list -- ./...', 'every function that is called over the boundary, and where; nothing is run'],
    ['seamark probe --json map.json -- go run ./cmd/server', 'the same for a program, the map as JSON'],
  ]);
}

const collect = (glob: string, before: readonly string[]): readonly string[] => [...before, glob];

async function probe(words: readonly string[], options: Options): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Problem({
      code: 'probe-unsupported',
      message: `The probe has no clock stamp for ${process.platform} on ${process.arch} yet`,
      cure: 'Use it on Linux on x86-64; experiments without a probe run here as well.',
      blame: 'run',
    });
  }
  refuseHindrance(words);
  if (buildsByGo(words)) await requireCCompiler('The probe', { folder: process.cwd(), environment: process.env });
  const filter = { only: options.site, not: options.not };
  const control = controlProbe({
    filter,
    every: options.every ?? 1,
    flight: options.flight === true,
    counters: options.counters === true,
  });
  refuseHeapsWithoutSamples(options);
  requireWritable(options);
  if (options.list) {
    const built = { toolexec: await ensureTool('toolexec'), goflags: (await readGoSettings()).flags };
    deliverSites(await answerSites(words, filter, built), options);
    return;
  }
  const startedAt = new Date().toISOString();
  const id = makeStudyId(startedAt, `${process.pid}`);
  const made = makeProbeFolder(id);
  if (made instanceof Problem && (options.keep || options.heapAt !== undefined)) throw made;
  const [folder, unkept] = made instanceof Problem ? [undefined, [`nothing is kept: ${made.message}`]] : [made, []];
  const toolexec = await ensureTool('toolexec');
  const go = await readGoSettings();
  using place = new RecordPlace(options.keep && folder ? join(folder, 'records') : undefined);
  const heaps = options.heapAt === undefined || !folder ? undefined : join(folder, 'heaps');
  if (heaps !== undefined) mkdirSync(heaps, { mode: 0o700 });
  const added = {
    ...instrumentGo({
      toolexec,
      level: options.counters ? 'counters' : 'full',
      recordDir: place.folder,
      // Go remembers the outcome of a test by its binary and files, and would print it without running anything.
      goflags: `${go.flags} -count=1`,
    }),
    SEAMARK_SAMPLE_MS: String(options.samples),
    ...(heaps === undefined ? {} : { SEAMARK_HEAPS: heaps, SEAMARK_HEAP_AT_MS: String(1000 * (options.heapAt ?? 0)) }),
    ...control,
    ...(options.records === undefined ? {} : { SEAMARK_RECORDS_PER_LANE: String(options.records) }),
  };
  const ran = await runWatched(words, place.folder, added, { stdoutTaken: wantsStdout(options) });
  const { cost, trouble } = await measureCost(toolexec);
  const records = readRecords(place.folder);
  const seen = gather(words, startedAt, ran, records, cost && costAt(cost, options));
  const snapshots = heaps === undefined ? [] : readHeapSnapshots(heaps);
  const answer = { ...seen, ...(heaps === undefined ? {} : { heaps: snapshots }), ...(cost ? { cost } : {}) };
  const around = { command: words, cgo: go.cgo, bare: records.bare, place: describePlace(place.folder) };
  const silence = [
    ...tellEnd(answer),
    ...tellBare(around),
    ...explainSilence(answer, around),
    ...tellIdle(filter, records.files),
    ...tellRounded(options.records),
  ];
  process.exitCode = ran.interrupted ? INTERRUPTED : ran.exitCode;
  deliver(answer, options, [...silence, ...trouble, ...unkept], folder);
}

/** The thread that samples writes the heaps too. */
function refuseHeapsWithoutSamples({ samples, heapAt }: Options): void {
  if (samples > 0 || heapAt === undefined) return;
  throw new Problem({
    code: 'heaps-need-samples',
    message: '--samples 0 makes no thread of the probe, and --heap-at needs one to write the heaps',
    cure: 'Leave one of the two out, or sample seldom: --samples 60000.',
    blame: 'input',
  });
}

/** The slots of a thread are addressed by bits of a number. */
function tellRounded(records: number | undefined): readonly string[] {
  if (records === undefined) return [];
  const slots = 2 ** Math.ceil(Math.log2(records));
  const asked = formatNumber(records);
  return slots === records
    ? []
    : [`--records ${asked} is no power of two: there was room for ${formatNumber(slots)} a thread`];
}

/** Of a crossing as this run had it probed; of 1 in n from two that were measured, as what every crossing pays stays the same. */
function costAt({ countersS, everyS, fullS }: ProbeCost, { counters, every = 1 }: Options): number {
  if (counters) return countersS;
  const timedS = (fullS - everyS) / (1 - 1 / COST_EVERY);
  return fullS - timedS * (1 - 1 / every);
}

function gather(
  command: readonly string[],
  startedAt: string,
  ran: Ran,
  { files, refused }: RecordFolder,
  probeCostS: number | undefined,
): ProbeAnswer {
  const processes = files.map(({ name, file }) => {
    const aliveNs = ran.aliveNs.get(name);
    const readings = ran.readings.get(name);
    return { file, ...(aliveNs === undefined ? {} : { aliveNs }), ...(readings ? { readings } : {}) };
  });
  const of = command.join(' ');
  const { timelines, unread } = readTimelines(files);
  return {
    schema: PROBE_SCHEMA,
    command,
    startedAt,
    durationS: ran.durationS,
    exitCode: ran.exitCode,
    ...(ran.signal === undefined ? {} : { signal: ran.signal }),
    ...(timelines.length > 0 ? { timelines } : {}),
    map: mapBoundary(processes, { of, ...(probeCostS === undefined ? {} : { probeCostS }) }),
    refused: [...refused, ...unread],
  };
}

/** The command may have removed the folder: what cleans up /dev/shm or TMPDIR does. */
function readRecords(folder: string): RecordFolder {
  try {
    return readRecordFiles(folder);
  } catch (error) {
    // ENOTDIR: a process that started later took the folder's name for that of its record file.
    const reason = explainUnread(error);
    const isGone = reason === 'ENOENT' || reason === 'ENOTDIR';
    const told = isGone ? 'is gone: something removed it while the command ran' : `could not be read (${reason})`;
    return { files: [], bare: [], refused: [`${describePlace(folder)} ${told}`] };
  }
}

function readTimelines(files: RecordFolder['files']): {
  readonly timelines: readonly Timeline[];
  readonly unread: readonly string[];
} {
  const timelines: Timeline[] = [];
  const unread: string[] = [];
  for (const { name, file } of files) {
    try {
      timelines.push(...[readTimeline(file, { most: KEPT_SAMPLES }) ?? []].flat());
    } catch (error) {
      unread.push(`${name}, its samples: ${explainUnread(error)}`);
    }
  }
  return { timelines, unread };
}

/** A map without the probe's own cost is still a map; why it is missing is said. */
async function measureCost(toolexec: string): Promise<{ cost?: ProbeCost; trouble: readonly string[] }> {
  using stop = new StopKeys(() => {});
  try {
    return { cost: await measureProbeCost(toolexec, stop.signal), trouble: [] };
  } catch (error) {
    if (stop.asked) return { trouble: ["the probe's own cost was not measured: it was interrupted"] };
    if (!(error instanceof Problem)) throw error;
    return { trouble: [`${error.message}: ${error.facts.detail?.trim().split('\n')[0] ?? ''}`] };
  }
}
