/** How many checks each tool made and how many failed, read from what it printed. Pure. */

/** What a tool left behind when it ended. */
export interface Ran {
  readonly name: string;
  readonly code: number;
  readonly output: string;
  /** What it wrote into the file it was given, where it was given one. */
  readonly report?: string;
}

export interface Count {
  readonly passed: number;
  /** One line for each failure. A skipped test is one: what was not tested must not look as if it were. */
  readonly failures: readonly string[];
}

export type Tally = (ran: Ran) => Count;

/** A tool that is right or wrong as a whole. */
export const countOne: Tally = ({ name, code }) =>
  code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [`${name} (exit code ${code})`] };

/** gofmt lists the files it would change and is content with itself. */
export const countSilence: Tally = (ran) =>
  ran.code === 0 && ran.output.trim() === '' ? { passed: 1, failures: [] } : { passed: 0, failures: [ran.name] };

interface VitestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The JSON reporter of vitest. A file that could not be loaded has no tests and counts as one failure. */
export const countVitest: Tally = (ran) => {
  if (!ran.report) return { passed: 0, failures: [`${ran.name} ended without a report`] };
  const { numPassedTests, testResults } = JSON.parse(ran.report) as VitestReport;
  const failures = testResults.flatMap(({ name, status, assertionResults }) => {
    const others = assertionResults.filter((result) => result.status !== 'passed');
    const told = others.map((result) => `${result.fullName} (${result.status}, ${name})`);
    return told.length === 0 && status === 'failed' ? [`${name} could not be run`] : told;
  });
  return settle(ran, numPassedTests, failures);
};

/** Of what vitest printed only what is about failures; all of it where it names none. */
export function readVitestOutput(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  const lines = output.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n');
  const at = lines.findIndex((line) => /Failed (Tests|Suites)|Unhandled Errors?/.test(line));
  return (at < 0 ? lines : lines.slice(at)).join('\n');
}

interface GoEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
}

/** `go test -json`: every test and subtest; a package that failed without a failing test, such as one that did not build, is one. */
export const countGo: Tally = (ran) => {
  const events = ran.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as GoEvent);
  const told = (action: string, tests: boolean) =>
    events.filter((event) => event.Action === action && (event.Test !== undefined) === tests);
  const failed = told('fail', true).map(({ Package, Test }) => `${Package} ${Test}`);
  const skipped = told('skip', true).map(({ Package, Test }) => `${Package} ${Test} (skipped)`);
  const broken = told('fail', false)
    .filter(({ Package = '' }) => !failed.some((line) => line.startsWith(`${Package} `)))
    .map(({ Package }) => `${Package} failed as a whole`);
  return settle(ran, told('pass', true).length, [...failed, ...skipped, ...broken]);
};

/** What `go test -json` would have printed without `-json`. */
export function readGoOutput(output: string): string {
  return output
    .split('\n')
    .map((line) => {
      if (!line.startsWith('{')) return line === '' ? '' : `${line}\n`;
      const event = JSON.parse(line) as GoEvent & { readonly Output?: string };
      return event.Output ?? '';
    })
    .join('');
}

/** `cargo test`: one `test result:` line for each of unit, integration and documentation tests. */
export const countCargo: Tally = (ran) => {
  const results = [...ran.output.matchAll(/^test result: \w+\. (\d+) passed; \d+ failed; /gm)];
  const passed = results.reduce((sum, [, count]) => sum + Number(count), 0);
  const others = [...ran.output.matchAll(/^test (.+) \.\.\. (FAILED|ignored)/gm)];
  const failures = others.map(([, test, how]) => `${ran.name}: ${test}${how === 'ignored' ? ' (ignored)' : ''}`);
  return settle(ran, passed, failures);
};

/** A tool that ended badly has at least one failure, named or not. */
function settle(ran: Ran, passed: number, failures: readonly string[]): Count {
  const silent = ran.code !== 0 && failures.length === 0;
  return { passed, failures: silent ? [`${ran.name} ended with exit code ${ran.code}`] : failures };
}
