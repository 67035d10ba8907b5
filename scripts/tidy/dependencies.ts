/** Every direct dependency has a line in docs/rationale.md that says why, and every such line a dependency. */
import { isData, lineAt, type Offence, type Tree } from './tree.ts';

const HOME = 'docs/rationale.md';

interface Dependency {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

export function checkDependencies(tree: Tree): readonly Offence[] {
  const rationale = tree.get(HOME) ?? '';
  const reasons = [...rationale.matchAll(/^\| `([^`|]+)` \|/gm)];
  const reasoned = new Set(reasons.map(([, name]) => name));
  const used = [...tree].filter(([file]) => !isData(file)).flatMap(([file, text]) => listDependencies(file, text));
  const names = new Set(used.map(({ name }) => name));
  return [
    ...used
      .filter(({ name }) => !reasoned.has(name))
      .map(({ file, line, name }) => ({ file, line, message: `${name} has no line in ${HOME}` })),
    ...reasons
      .filter(([, name = '']) => !names.has(name))
      .map((match) => ({ file: HOME, line: lineAt(rationale, match.index), message: `${match[1]} is no dependency` })),
  ];
}

function listDependencies(file: string, text: string): readonly Dependency[] {
  const at = (name: string, index: number): Dependency => ({ file, line: lineAt(text, Math.max(0, index)), name });
  if (file === 'package.json') {
    const facts = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
    const names = groups.flatMap((group) => Object.keys(facts[group] ?? {}));
    return names.map((name) => at(name, text.indexOf(`"${name}"`)));
  }
  if (file.endsWith('Cargo.toml')) return readCargo(text).map(({ name, index }) => at(name, index));
  if (file.endsWith('go.mod')) return readGoModule(text).map(({ name, index }) => at(name, index));
  return [];
}

interface Named {
  readonly name: string;
  readonly index: number;
}

/** Crates of the dependency tables, without those that are folders of ours. */
function readCargo(text: string): readonly Named[] {
  const tables = [...text.matchAll(/^\[(?:.*\.)?(?:dev-|build-)?dependencies\]\n((?:(?!\[).*(?:\n|$))*)/gm)];
  return tables.flatMap((table) => {
    const body = table[1] ?? '';
    const start = table.index + table[0].length - body.length;
    return [...body.matchAll(/^([\w-]+)\s*=\s*(.*)$/gm)]
      .filter(([, , value = '']) => !/\bpath\s*=/.test(value))
      .map((match) => ({ name: match[1] ?? '', index: start + match.index }));
  });
}

/** Direct requirements, without our own modules. */
function readGoModule(text: string): readonly Named[] {
  return [...text.matchAll(/^(?:require\s+|\t)([\w.-]+\.[\w.-]+(?:\/[\w.-]+)*)\s+v\S+(.*)$/gm)]
    .filter(([, name = '', rest = '']) => !name.startsWith('seamark.dev/') && !rest.includes('// indirect'))
    .map((match) => ({ name: match[1] ?? '', index: match.index }));
}
