/** Options that several commands share, in the same words and the same order. */
import { type Command, Option } from 'commander';

/** What is measured: of a spec, or without one. Of `compare`, `confirm` and `bisect`. */
export function addSubjectOptions(command: Command): Command {
  return command
    .option('--spec <file>', 'spec file or its folder (default: the seamark.yaml here or above, where there is one)')
    .option('--experiment <name>', 'which one, when the spec holds several')
    .option('--bench <regex>', 'without a spec: Go benchmarks to run, as for go test -bench (default: all)')
    .option('--package <pattern>', 'without a spec: Go packages, as for go test (default: ./...)')
    .option('--build <command>', 'without a spec: builds the foreign half; may be given again', collect)
    .option('--run <command>', 'without a spec: the program to time, instead of Go benchmarks');
}

/** How a study's answer is given. */
export function addAnswerOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <form>', 'form of what is printed').choices(['text', 'md', 'json']).default('text'))
    .option('--json', 'the same as --format json')
    .option('--out <path>', 'where the copy of the page goes: a folder, or a file', 'report.html')
    .option('--no-report', 'leave the page in the study, write no copy of it');
}

/** How a command behaves that measures, or runs what is measured. */
export function addConductOptions(command: Command): Command {
  return command
    .option('--no-wait', 'refuse when another study runs on this machine, instead of waiting for it')
    .option('--quiet', 'say nothing but the answer')
    .option('--verbose', 'say more while it runs');
}

/** Of an option that may be given again. */
export const collect = (word: string, before: readonly string[] = []): readonly string[] => [...before, word];
