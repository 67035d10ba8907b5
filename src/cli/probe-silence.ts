/** What went wrong with seeing, as the command tells it: why nothing crossed, and which processes nobody watched. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { BareProcess, RecordFolder } from '../instrument/record-folder.ts';
import { idlePatterns, listSites, type SiteFilter } from '../instrument/site-list.ts';
import { formatNumber } from '../model/unit.ts';
import { explainUnwatched } from '../model/unwatched.ts';
import { printable } from '../report/terminal.ts';
import type { ProbeAnswer } from './probe-text.ts';

export interface Around {
  readonly command: readonly string[];
  readonly cgo: boolean;
  readonly bare: readonly BareProcess[];
  /** Where the record files were to be, for messages. */
  readonly place: string;
}

/** Probed processes that ran as if nobody watched, and why. */
export function tellBare({ bare, place }: Pick<Around, 'bare' | 'place'>): readonly string[] {
  const kinds = new Map<string, BareProcess>();
  const key = ({ step, error }: BareProcess) => `${step} ${error}`;
  for (const one of bare) kinds.set(key(one), one);
  return [...kinds.values()].map((one) => {
    const count = bare.filter((other) => key(other) === key(one)).length;
    const who = count === 1 ? `process ${one.pid}` : `${formatNumber(count)} processes (such as ${one.pid})`;
    const cure = one.step === 'limit' ? '; fewer --records make it smaller' : '';
    return `${who} ran unwatched: ${explainUnwatched(one, place)}${cure}`;
  });
}

/** A command that was killed says nothing itself. */
export function tellEnd({ signal }: ProbeAnswer): readonly string[] {
  return signal === undefined ? [] : [`the command was ended by ${signal}: the map shows what it did until then`];
}

/** Patterns of this run that fit no site of what ran; of programs that left no record file nothing is known. */
export function tellIdle(filter: SiteFilter, files: RecordFolder['files']): readonly string[] {
  if (files.length === 0) return [];
  const sites = files.flatMap(({ file }) =>
    file.sites.map(({ symbol, package: name }) => ({ site: symbol, package: name })),
  );
  const idle = idlePatterns(filter, sites).map((glob) => JSON.stringify(glob));
  return idle.length === 0 ? [] : [`no site fits ${idle.join(', ')}: seamark probe --list names those there are`];
}

/** Programs that start others with another environment, as somebody else or elsewhere. */
const AWAY: Readonly<Record<string, string>> = Object.fromEntries([
  ...['sudo', 'su', 'doas', 'runuser', 'setpriv'].map((name) => [name, 'as another user, or without your environment']),
  ...['chroot', 'unshare', 'nsenter', 'bwrap', 'firejail'].map((name) => [name, 'where other folders are seen']),
  ...['docker', 'podman', 'ssh', 'systemd-run'].map((name) => [name, 'elsewhere, and without your environment']),
]);

/** Why there is no crossing, and what to do: empty when there is one. */
export function explainSilence(answer: ProbeAnswer, around: Around): readonly string[] {
  const { map, exitCode } = answer;
  const { command, bare } = around;
  // What could not be read was written by a probed program, or is gone: that is said already.
  if (map.sites.length > 0 || map.unpatched.length > 0 || bare.length > 0 || answer.refused.length > 0) return [];
  const [program = '', verb = ''] = command;
  const isGo = /(^|\/)go$/.test(program);
  if (map.processes > 0) {
    return [
      map.leftOut && map.leftOut.length === map.declared
        ? 'the probe was on, and --site and --not left every site out'
        : 'the probe was on, and nothing crossed into C: what ran does not call its foreign side (for go test: are there benchmarks or tests that match?)',
    ];
  }
  const away = AWAY[basename(program)];
  if (away !== undefined) {
    return [
      `no record file came back: ${program} starts its program ${away}. Start seamark there: ${program} … seamark probe -- …; or name SEAMARK_RECORDS=FOLDER inside, a folder it may write to`,
    ];
  }
  const probed = isGo ? undefined : command.find(isProbed);
  if (probed !== undefined && exitCode < 128) {
    return [
      `${printable(probed)} holds the probe and left no record file: it was not started, or not with SEAMARK_RECORDS and SEAMARK_PROBE as they were given, or it may not write to ${around.place} (another user, a sandbox)`,
    ];
  }
  if (exitCode > 128) return ['the command was ended by a signal before a probed program ran'];
  if (exitCode !== 0) return ['the command failed before a probed program ran'];
  if (!around.cgo)
    return ['CGO_ENABLED is 0: Go leaves all cgo code out of the build; set CGO_ENABLED=1 and have a C compiler'];
  if (isGo && ['build', 'install', 'vet'].includes(verb)) {
    return [`go ${verb} runs nothing; what it made holds the probe: start it by seamark probe -- ./program`];
  }
  if (isGo && verb === 'test' && command.includes('-c')) {
    return ['go test -c runs nothing; what it made holds the probe: start it by seamark probe -- ./package.test'];
  }
  return [
    'no probed program ran: no package of it uses cgo (import "C"), or it was built before and not with the probe; crossings by purego, assembly or WebAssembly are not seen',
  ];
}

/** A file that can be run and has sites. One that can't be read is nobody's. */
function isProbed(word: string): boolean {
  try {
    const stat = statSync(word, { throwIfNoEntry: false });
    return stat?.isFile() === true && (stat.mode & 0o111) !== 0 && listSites([word]).sites.length > 0;
  } catch {
    return false;
  }
}
