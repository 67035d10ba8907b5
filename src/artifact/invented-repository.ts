/** A git repository in a temporary folder, for tests. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface InventedRepository {
  readonly folder: string;
  /** What git printed, without the last line end. */
  readonly git: (...words: string[]) => string;
  /** Writes a file, or takes it away for undefined. */
  readonly write: (file: string, text: string | undefined) => void;
  /** Commits everything and answers its sha. */
  readonly commit: (message: string, files?: Readonly<Record<string, string | undefined>>) => string;
  readonly remove: () => void;
}

export function inventRepository(): InventedRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'seamark-git-')));
  let second = Date.UTC(2026, 0, 1) / 1000;
  const git = (...words: string[]): string => {
    const date = `${second++} +0000`;
    const own = {
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
    };
    const env = { ...process.env, ...own };
    return execFileSync('git', words, {
      cwd: folder,
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trimEnd();
  };
  const write = (file: string, text: string | undefined): void => {
    const path = join(folder, file);
    if (text === undefined) rmSync(path);
    if (text === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Nobody');
  git('config', 'user.email', 'nobody@example.com');
  git('config', 'commit.gpgsign', 'false');
  return {
    folder,
    git,
    write,
    commit: (message, files = {}) => {
      for (const [file, text] of Object.entries(files)) write(file, text);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
