/** A file has one subject and a screen or two; a longer one says why in a line that begins with `long:`. */
import { isData, isGenerated, type Offence, type Tree } from './tree.ts';

const MOST_LINES = 300;

export function checkSize(tree: Tree): readonly Offence[] {
  return [...tree]
    .filter(([file]) => /\.(?:ts|mjs|go|rs|c|h)$/.test(file) && !isGenerated(file) && !isData(file))
    .map(([file, text]) => ({ file, text, lines: text.split('\n').length - 1 }))
    .filter(({ text, lines }) => lines > MOST_LINES && !/^\s*(?:\/\/|\/?\*+) long: \S/m.test(text))
    .map(({ file, lines }) => ({
      file,
      line: 1,
      message: `${lines} lines: split it, or say in a line "// long: …" why it is one subject`,
    }));
}
