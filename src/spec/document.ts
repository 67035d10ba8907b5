/**
 * YAML text as plain values that remember where they stood. Every key and value can be pointed at, and a scalar keeps the
 * text it was written as (`1.10` stays `1.10`).
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { type Place, Problem } from '../model/problem.ts';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type ValuePath = readonly (string | number)[];

export interface SpecDocument {
  readonly value: Value;
  /** Where the value at `path` stands; of a map's entry with `key`, its key. Falls back to what surrounds it. */
  placeOf(path: ValuePath, part?: 'key' | 'value'): Place;
  /** Inside the text of the scalar at `path`: `index` and `length` in its unquoted text. */
  placeInside(path: ValuePath, index: number, length: number): Place;
  /** The scalar at `path` as it was written, quotes aside. */
  textAt(path: ValuePath): string;
}

interface Spot {
  readonly value: readonly [start: number, end: number];
  readonly key?: readonly [start: number, end: number];
  readonly text?: string;
}

/** Deeper or larger than any honest spec: aliases can grow without end. */
const MAX_NODES = 5_000;
const MAX_DEPTH = 64;

export function parseDocuments(text: string, file: string): { documents: SpecDocument[]; problems: Problem[] } {
  const locate = createLocator(text, file);
  const parsed = parseAllDocuments(text, { prettyErrors: false, logLevel: 'error' });
  const documents: SpecDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const faults = [...document.errors, ...document.warnings];
    for (const fault of faults) {
      const message = `this is not valid YAML: ${lowerFirst(fault.message)}`;
      problems.push(new Problem({ code: 'yaml', message, at: locate(fault.pos[0], fault.pos[1]) }));
    }
    if (faults.length > 0 || document.contents === null) continue;
    const converted = convertDocument(document, locate);
    if (converted instanceof Problem) problems.push(converted);
    else documents.push(converted);
  }
  return { documents, problems };
}

type Locate = (start: number, end: number) => Place;

function convertDocument(document: Document, locate: Locate): SpecDocument | Problem {
  const spots = new Map<string, Spot>();
  let nodes = 0;

  const convert = (
    node: Node | null,
    path: ValuePath,
    key: readonly [number, number] | undefined,
    depth: number,
  ): Value => {
    const range = node?.range ?? (key ? [key[1], key[1]] : [0, 0]);
    const at = locate(range[0]!, range[1]!);
    if (++nodes > MAX_NODES) throw refuse('there are too many values', at);
    if (depth > MAX_DEPTH) throw refuse('values are nested too deeply', at);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw refuse(`the alias *${node.source} names nothing`, at);
      return convert(target, path, key, depth + 1);
    }
    const written = isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    spots.set(path.join('\0'), {
      value: [range[0]!, range[1]!],
      ...(key && { key }),
      ...(written !== undefined && { text: written }),
    });
    if (isSeq(node))
      return node.items.map((item, index) => convert(item as Node, [...path, index], undefined, depth + 1));
    if (!isMap(node)) return isScalar(node) ? scalarValue(node.value, at) : null;
    const map: Record<string, Value> = {};
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null;
      const keyRange = keyNode?.range ?? range;
      if (!isScalar(keyNode)) throw refuse('a key must be a plain word', locate(keyRange[0]!, keyRange[1]!));
      const name = keyNode.source ?? String(keyNode.value);
      if (name === '__proto__') throw refuse('`__proto__` cannot be a key', locate(keyRange[0]!, keyRange[1]!));
      map[name] = convert(pair.value as Node | null, [...path, name], [keyRange[0]!, keyRange[1]!], depth + 1);
    }
    return map;
  };

  try {
    const value = convert(document.contents as Node, [], undefined, 0);
    return createDocument(value, spots, locate);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function createDocument(value: Value, spots: ReadonlyMap<string, Spot>, locate: Locate): SpecDocument {
  const spotOf = (path: ValuePath): { spot: Spot; exact: boolean } => {
    for (let length = path.length; length >= 0; length--) {
      const spot = spots.get(path.slice(0, length).join('\0'));
      if (spot) return { spot, exact: length === path.length };
    }
    return { spot: { value: [0, 0] }, exact: false };
  };
  const placeOf = (path: ValuePath, part: 'key' | 'value' = 'value') => {
    const { spot, exact } = spotOf(path);
    const [start, end] = part === 'key' || !exact ? (spot.key ?? spot.value) : spot.value;
    return locate(start, end);
  };
  return {
    value,
    placeOf,
    placeInside: (path, index, length) => {
      const [start, end] = spotOf(path).spot.value;
      const text = spots.get(path.join('\0'))?.text ?? '';
      // Only an unquoted or plainly quoted scalar on one line stands in the file as it reads.
      const shift = end - start - text.length === 2 ? 1 : 0;
      return end - start - 2 * shift === text.length
        ? locate(start + shift + index, start + shift + index + length)
        : placeOf(path);
    },
    textAt: (path) => spots.get(path.join('\0'))?.text ?? '',
  };
}

function scalarValue(value: unknown, at: Place): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return Number(value);
  throw refuse('a value of this type is not understood', at);
}

/** Turns offsets into line, column and the text of the line; a span over several lines is cut at the end of its first. */
function createLocator(text: string, file: string): Locate {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (start, end) => {
    const from = Math.min(Math.max(0, start), text.length);
    let line = starts.length;
    while (starts[line - 1]! > from) line--;
    const lineStart = starts[line - 1]!;
    const source = text.slice(lineStart, (starts[line] ?? text.length + 1) - 1).replace(/\r$/, '');
    const column = lengthOf(text.slice(lineStart, Math.min(from, lineStart + source.length))) + 1;
    const length = Math.max(1, lengthOf(text.slice(from, Math.min(end, lineStart + source.length))));
    return { file, line, column, length, source };
  };
}

/** In characters, not in UTF-16 units. */
const lengthOf = (text: string) => [...text].length;

const refuse = (message: string, at: Place) => new Problem({ code: 'yaml', message, at });

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
