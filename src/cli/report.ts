/** `seamark report`: draws a stored study again, in any of the forms; measures nothing. */
import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { findProject } from '../store/project.ts';
import { addExamples } from './help.ts';
import { drawAlone } from './report-picture.ts';
import { allowsColor, columnsOf } from './terminal.ts';

const FORMATS = ['text', 'md', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly picture?: string;
  readonly format?: Format;
  readonly json?: boolean;
  readonly out?: string;
}

export function registerReport(program: Command): void {
  const command = program
    .command('report')
    .description('render a stored study again, as text, Markdown, JSON or HTML; nothing is measured')
    .argument('[study]', 'id of a study (an interrupted one too), or enough of its beginning', 'latest')
    .addOption(
      new Option('--format <form>', 'form of the report (default: by the ending of --out, else text)').choices(FORMATS),
    )
    .option('--json', 'the same as --format json')
    .option('--picture <name>', 'one picture alone as SVG, or its numbers as CSV or JSON; `all` lists those there are')
    .option('--out <file>', 'write it there instead of printing it')
    .action(report);
  addExamples(command, [
    ['seamark report', 'print the latest study of this project'],
    ['seamark report --out report.html', 'write its page'],
    ['seamark report --picture forest --out forest.svg', 'one of its pictures, for a page of your own'],
  ]);
}

async function report(study: string, options: Options): Promise<void> {
  const { openStudy } = await import('../store/finished-study.ts');
  const { result } = openStudy(findProject(process.cwd()), study);
  const text =
    options.picture === undefined
      ? await draw(result, formatOf(options))
      : await drawAlone(result, options.picture, options);
  if (options.out === undefined || options.out === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(options.out, text);
  } catch (error) {
    const message = `cannot write ${options.out}: ${(error as Error).message}`;
    throw new Problem({ code: 'cannot-write', message, cure: 'name a file that can be written', blame: 'run' }, error);
  }
  process.stderr.write(`wrote ${options.out}\n`);
}

/** What was asked for; otherwise what the name of the file says. */
function formatOf({ format, json, out }: Options): Format {
  if (format !== undefined) return format;
  if (json) return 'json';
  const ending = /\.(\w+)$/.exec(out ?? '')?.[1];
  return ending === 'txt' ? 'text' : (FORMATS.find((known) => known === ending) ?? 'text');
}

/** The whole of a form, ready to be written. */
export async function draw(result: Result, format: Format): Promise<string> {
  if (format === 'html') return (await import('../report/html.ts')).renderHtml(result);
  if (format === 'md') return (await import('../report/markdown.ts')).renderMarkdown(result);
  if (format === 'json') return (await import('../report/json.ts')).renderJson(result);
  const { renderText } = await import('../report/text.ts');
  return renderText(result, { columns: columnsOf(process.stdout), color: allowsColor(process.stdout) });
}
