/**
 * The front door: finds the command, loads only that one, and turns what was thrown into words and an exit code
 * (0 fine, 1 regression, 2 wrong use or spec, 3 a run failed, 4 undecided, 130 interrupted). Commands set
 * `process.exitCode` for what they found and throw a Problem for what went wrong.
 */
import { Command, CommanderError } from 'commander';
import { exitCodeOf, renderFailure } from './complain.ts';
import { addEnvironmentTwins, addExamples } from './help.ts';
import { colorsFor, drain, forgiveClosedPipe } from './terminal.ts';
import { version } from './version.ts';

interface Entry {
  readonly name: string;
  readonly summary: string;
  /** Imports the file of the command, which then registers itself: nothing else of it is loaded before. */
  readonly register: (program: Command) => Promise<void>;
}

/** In the order in which a new user meets them. */
export const COMMANDS: readonly Entry[] = [
  {
    name: 'init',
    summary: 'write an experiment that runs as it stands',
    register: async (program) => (await import('./init.ts')).registerInit(program),
  },
  {
    name: 'check',
    summary: 'read the spec and name every problem in it',
    register: async (program) => (await import('./check.ts')).registerCheck(program),
  },
  {
    name: 'plan',
    summary: 'print what would be run, what it costs, and what it can and cannot see',
    register: async (program) => (await import('./plan.ts')).registerPlan(program),
  },
  {
    name: 'run',
    summary: 'run an experiment: build, measure, decide, and write a report',
    register: async (program) => (await import('./run.ts')).registerRun(program),
  },
  {
    name: 'compare',
    summary: 'compare two versions: did it get slower, where, and what speaks for it; no spec needed',
    register: async (program) => (await import('./compare.ts')).registerCompare(program),
  },
  {
    name: 'confirm',
    summary: 'take a change out again: is it the cause of a regression',
    register: async (program) => (await import('./confirm.ts')).registerConfirm(program),
  },
  {
    name: 'bisect',
    summary: 'find the first slower one of many versions: commits, releases of a module, toolchains',
    register: async (program) => (await import('./bisect.ts')).registerBisect(program),
  },
  {
    name: 'explain',
    summary: 'ask what else speaks for or against what a stored study found: instructions, system calls, heaps, waits',
    register: async (program) => (await import('./explain.ts')).registerExplain(program),
  },
  {
    name: 'report',
    summary: 'render a stored study again, as text, Markdown, JSON or HTML',
    register: async (program) => (await import('./report.ts')).registerReport(program),
  },
  {
    name: 'series',
    summary: 'find where a metric changed its level over versions',
    register: async (program) => (await import('./series.ts')).registerSeries(program),
  },
  {
    name: 'import',
    summary: 'compare Go benchmark files that were made elsewhere: advisory at most',
    register: async (program) => (await import('./import.ts')).registerImport(program),
  },
  {
    name: 'pool',
    summary: 'put studies of one experiment from several machines together',
    register: async (program) => (await import('./pool.ts')).registerPool(program),
  },
  {
    name: 'probe',
    summary: 'run a Go command with every crossing of its cgo calls counted and timed, its source untouched',
    register: async (program) => (await import('./probe.ts')).registerProbe(program),
  },
  {
    name: 'doctor',
    summary: 'say what is here, what is missing and how to get it, and how well this machine can measure',
    register: async (program) => (await import('./doctor.ts')).registerDoctor(program),
  },
  {
    name: 'calibrate',
    summary: 'measure how often Seamark errs on this machine, with studies whose truth is known',
    register: async (program) => (await import('./calibrate.ts')).registerCalibrate(program),
  },
  {
    name: 'complete',
    summary: 'print the completions for a shell',
    register: async (program) => (await import('./complete.ts')).registerComplete(program),
  },
];

/** Runs one command line (without node and script) and answers the exit code. Never rejects. */
export async function main(argv: readonly string[]): Promise<number> {
  forgiveClosedPipe(process.stdout);
  forgiveClosedPipe(process.stderr);
  try {
    const program = await createProgram(argv);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(renderFailure(error, isVerbose(argv), colorsFor(process.stderr)));
    return exitCodeOf(error);
  } finally {
    await drain(process.stdout);
    await drain(process.stderr);
  }
}

/** The program with the named command in full and the others by name and summary. */
async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('seamark');
  configure(program);
  program
    .description(
      'Finds what crossing from Go to Rust costs, whether a change made it worse, where, and how sure that is.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions();
  const first = argv.find((word) => !word.startsWith('-'));
  const wanted = first === 'help' ? argv[argv.indexOf('help') + 1] : first;
  for (const entry of COMMANDS) {
    // Completions know every command and option; everything else needs only its own.
    if (entry.name === wanted || wanted === 'complete') await registerInFull(program, entry);
    else configure(program.command(entry.name)).description(entry.summary).allowUnknownOption();
  }
  addExamples(program, [
    ['seamark run', 'run the experiment of the seamark.yaml found here or above'],
    ['seamark probe -- go test -bench=. ./...', 'count and time every crossing of a cgo project'],
  ]);
  return program.addHelpText(
    'after',
    '\nEvery option has a twin in the environment: --budget 90s is SEAMARK_BUDGET=90s.\nExit codes: 0 fine, 1 regression confirmed, 2 wrong use or spec, 3 a run failed, 4 undecided, 130 interrupted.',
  );
}

async function registerInFull(program: Command, entry: Entry): Promise<void> {
  await entry.register(program);
  const command = program.commands.find((candidate) => candidate.name() === entry.name);
  if (command === undefined) throw new Error(`the file of the command ${entry.name} registered no such command`);
  configure(command);
  command.helpOption('-h, --help', 'print this help');
  if (!command.options.some((option) => option.long === '--verbose')) {
    command.option('--verbose', 'say more, and print the stack when Seamark itself fails');
  }
  addEnvironmentTwins(command, process.env);
}

function configure(command: Command): Command {
  const colors = colorsFor(process.stderr);
  return command.exitOverride().configureOutput({
    outputError: (text, write) => {
      const [message = '', ...rest] = text.trim().split('\n');
      const hint = /\(Did you mean (.*)\?\)/.exec(rest.join(' '))?.[1];
      const name = command.name() === 'seamark' ? 'seamark --help' : `seamark ${command.name()} --help`;
      write(`${colors.red(colors.bold('error[usage]'))}: ${colors.bold(message.replace(/^error: /, ''))}\n`);
      write(
        `${colors.cyan('help')}: ${hint === undefined ? `${name} lists what there is` : `did you mean ${hint}?`}\n`,
      );
    },
  });
}

/** Words after `--` belong to somebody else's program. */
export function isVerbose(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  return own.includes('--verbose') || Boolean(process.env.SEAMARK_VERBOSE);
}
