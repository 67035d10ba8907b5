/**
 * Splits a command line into words by the quoting rules of the POSIX shell (XCU 2.2): blanks part words, '…' keeps
 * everything, "…" keeps everything but \" \\ \$ \` and an escaped line end, \x keeps x. Nothing is expanded: `$NAME` still
 * stands in the words and is replaced, quoted or not, when the command is started.
 */
export type SplitResult =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** `index` and `length` say where in the text, in UTF-16 units. */
  | {
      readonly kind: 'fault';
      readonly message: string;
      readonly cure: string;
      readonly index: number;
      readonly length: number;
    };

/** What only a shell would understand, when it stands unquoted as a word or begins one. */
const OPERATOR = /^(?:&&|\|\||\||;|&|[0-9]?>>?|<<?|2>&1)/;

export function splitWords(text: string): SplitResult {
  const words: string[] = [];
  let index = 0;
  while (true) {
    while (index < text.length && (isBlank(text[index]!) || text.startsWith('\\\n', index))) index++;
    if (index >= text.length) return { kind: 'words', words };
    const shellOnly = shellOnlyAt(text, index, words.length === 0);
    if (shellOnly) return shellOnly;
    const word = readWord(text, index);
    if (word.kind === 'fault') return word;
    words.push(word.text);
    index = word.end;
  }
}

interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly end: number;
}
type Fault = Extract<SplitResult, { kind: 'fault' }>;

function readWord(text: string, start: number): Word | Fault {
  let out = '';
  let index = start;
  while (index < text.length && !isBlank(text[index]!)) {
    const char = text[index]!;
    if (char === "'") {
      const close = text.indexOf("'", index + 1);
      if (close < 0) return unclosed(index, "'");
      out += text.slice(index + 1, close);
      index = close + 1;
    } else if (char === '"') {
      index++;
      const open = index - 1;
      while (text[index] !== '"') {
        if (index >= text.length) return unclosed(open, '"');
        if (text[index] === '\\' && '"\\$`\n'.includes(text[index + 1] ?? ' ')) {
          if (text[index + 1] !== '\n') out += text[index + 1];
          index += 2;
        } else out += text[index++];
      }
      index++;
    } else if (char === '\\') {
      const next = text[index + 1];
      if (next === undefined) {
        return fault('the backslash at the end keeps nothing', 'remove it, or write \\\\ for a backslash', index, 1);
      }
      if (next !== '\n') out += next;
      index += 2;
    } else if (char === '`' || text.startsWith('$(', index)) {
      return fault('a command inside a command needs a shell', 'say `shell: true` under `subject`', index, 1);
    } else {
      out += char;
      index++;
    }
  }
  return { kind: 'word', text: out, end: index };
}

function shellOnlyAt(text: string, index: number, isFirst: boolean): Fault | undefined {
  const rest = text.slice(index);
  const operator = OPERATOR.exec(rest)?.[0];
  if (operator !== undefined) {
    const cure = 'write a list of commands, or say `shell: true` under `subject`';
    return fault(`\`${operator}\` needs a shell, and commands are started without one`, cure, index, operator.length);
  }
  const assignment = isFirst ? /^[A-Za-z_]\w*=/.exec(rest)?.[0] : undefined;
  if (assignment === undefined) return undefined;
  const cure = 'put the variable into `environment` under `subject`';
  return fault(`\`${assignment}\` before a command needs a shell`, cure, index, assignment.length);
}

const isBlank = (char: string) => char === ' ' || char === '\t' || char === '\n' || char === '\r';

const unclosed = (index: number, quote: string): Fault =>
  fault(`the quote ${quote} is never closed`, `close it with ${quote}`, index, 1);

const fault = (message: string, cure: string, index: number, length: number): Fault => ({
  kind: 'fault',
  message,
  cure,
  index,
  length,
});
