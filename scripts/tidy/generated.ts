/** A generated file names its source in line one, and that source is here. */
import { isGenerated, type Offence, type Tree } from './tree.ts';

export function checkGenerated(tree: Tree): readonly Offence[] {
  return [...tree]
    .filter(([file]) => isGenerated(file))
    .flatMap(([file, text]) => {
      const first = text.slice(0, text.indexOf('\n'));
      const source = /[Gg]enerated from (\S+?)[,;.]? /.exec(`${first} `)?.[1];
      if (source === undefined) return [{ file, line: 1, message: 'its first line does not say "generated from …"' }];
      return tree.has(source) ? [] : [{ file, line: 1, message: `its source ${source} is not there` }];
    });
}
