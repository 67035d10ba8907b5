/**
 * What callgrind wrote: the cost of each function itself, without what it calls. Format:
 * https://valgrind.org/docs/manual/cl-format.html, as version 3.19 writes it with `--dump-line=yes` and without instructions.
 */

export interface CallgrindFile {
  /** Names of the costs: Ir, and with a simulated cache D1mr … */
  readonly events: readonly string[];
  readonly functions: readonly FunctionCost[];
}

export interface FunctionCost {
  readonly object: string;
  readonly file?: string;
  readonly symbol: string;
  /** By event. */
  readonly costs: readonly number[];
}

interface Growing {
  readonly object: string;
  readonly file: string;
  readonly symbol: string;
  readonly costs: number[];
}

/** Throws an Error that says what is missing where the text is no such file, or was cut before its costs. */
export function readCallgrind(text: string): CallgrindFile {
  const names = { ob: new Map<string, string>(), fl: new Map<string, string>(), fn: new Map<string, string>() };
  const functions = new Map<string, Growing>();
  let events: readonly string[] = [];
  let object = '';
  let file = '';
  let current: Growing | undefined;
  let isCall = false;
  for (const line of text.split('\n')) {
    const first = line.charCodeAt(0);
    if ((first >= DIGIT_0 && first <= DIGIT_9) || first === PLUS || first === MINUS || first === STAR) {
      // The line after `calls=` has the cost of what was called.
      if (isCall) isCall = false;
      else if (current) add(current.costs, line);
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 0) {
      if (line.startsWith('events: ')) events = line.slice('events: '.length).trim().split(/\s+/);
      continue;
    }
    const value = line.slice(equals + 1);
    switch (line.slice(0, equals)) {
      case 'ob':
        object = resolve(names.ob, value);
        break;
      // Code of other files inside a function; the function after it names its file only where that is another one again.
      case 'fl':
      case 'fi':
      case 'fe':
        file = resolve(names.fl, value);
        break;
      case 'fn': {
        const symbol = resolve(names.fn, value);
        const key = `${object}\n${file}\n${symbol}`;
        current = functions.get(key) ?? { object, file, symbol, costs: events.map(() => 0) };
        functions.set(key, current);
        break;
      }
      // What is called only teaches names here.
      case 'cfi':
      case 'cfl':
        resolve(names.fl, value);
        break;
      case 'cob':
        resolve(names.ob, value);
        break;
      case 'cfn':
        resolve(names.fn, value);
        break;
      case 'calls':
        isCall = true;
    }
  }
  if (events.length === 0 || !/^totals: /m.test(text)) throw new Error('it is no whole callgrind file');
  return {
    events,
    functions: [...functions.values()].map(({ file: known, ...rest }) => ({
      ...rest,
      ...(known === '' || known === '???' ? {} : { file: known }),
    })),
  };
}

const [DIGIT_0, DIGIT_9, PLUS, MINUS, STAR] = [48, 57, 43, 45, 42];

/** `(12) name` teaches a name, `(12)` repeats it. */
function resolve(known: Map<string, string>, text: string): string {
  const [, id, name] = /^\((\d+)\)(?: (.*))?$/.exec(text) ?? [];
  if (id === undefined) return text;
  if (name !== undefined) known.set(id, name);
  return known.get(id) ?? '';
}

/** A line has its position first; costs that are zero at the end are left out. */
function add(costs: number[], line: string): void {
  const words = line.split(' ');
  for (let at = 1; at < words.length; at++) {
    const cost = Number(words[at]);
    if (at - 1 < costs.length && Number.isFinite(cost)) costs[at - 1]! += cost;
  }
}
