/** A module from the registry, made writable, and a counter that joins its tests without touching its files. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface TestPackage {
  readonly importPath: string;
  readonly folder: string;
  /** Of the package clause of its tests: `x_test` where all of them stand outside. */
  readonly name: string;
}

/** Copies the module out of the module cache, which is read-only. Returns its folder. */
export function copyModule(name: string, version: string, target: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${name}@${version}`], { encoding: 'utf8' });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  cpSync(Dir, target, { recursive: true });
  execFileSync('chmod', ['-R', 'u+w', target]);
  return target;
}

/** Packages with tests of their own and a cgo package somewhere below them. */
export function listTestPackages(folder: string, pattern: string): readonly TestPackage[] {
  const format =
    '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}\t{{.Dir}}\t{{.Name}}{{if not .TestGoFiles}}_test{{end}}{{end}}';
  const lines = execFileSync('go', ['list', '-f', format, pattern], {
    cwd: folder,
    encoding: 'utf8',
    env: environment(),
  });
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [importPath = '', packageFolder = '', name = ''] = line.split('\t');
      return { importPath, folder: packageFolder, name };
    });
}

/**
 * An overlay for `go test -overlay`: each package gets one more test file, whose TestMain writes runtime.NumCgoCall to a
 * file when all tests are done. A package with a TestMain of its own is left alone and has no independent count.
 */
export function addCounter(folder: string, packages: readonly TestPackage[], work: string): string {
  const replace: Record<string, string> = {};
  const sources = path.join(work, 'overlay');
  mkdirSync(sources);
  for (const [index, one] of packages.entries()) {
    if (hasTestMain(one.folder)) continue;
    const file = path.join(sources, `${index}.go`);
    writeFileSync(file, counterFile(one.name));
    replace[path.join(one.folder, 'zz_seamark_count_test.go')] = file;
  }
  const overlay = path.join(work, 'overlay.json');
  writeFileSync(overlay, JSON.stringify({ Replace: replace }));
  execFileSync('go', ['mod', 'download'], { cwd: folder, env: environment() });
  return overlay;
}

export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=mod' };
}

function hasTestMain(folder: string): boolean {
  const tests = readdirSync(folder).filter((name) => name.endsWith('_test.go'));
  return tests.some((name) => /^func TestMain\(/m.test(readFileSync(path.join(folder, name), 'utf8')));
}

function counterFile(name: string): string {
  return `package ${name}

import (
	"fmt"
	"os"
	"runtime"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if file := os.Getenv("COUNT_FILE"); file != "" {
		text := fmt.Sprintf("%d %d\\n", runtime.NumCgoCall(), os.Getpid())
		if f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0644); err == nil {
			f.WriteString(text)
			f.Close()
		}
	}
	os.Exit(code)
}
`;
}
