/** How a benchmark is called as a level: `Decode/size=64`, or `codec.Decode/size=64` where there are several packages. */
import type { BenchPackage } from '../artifact/artifact.ts';

/** `name` is the whole Go name: `BenchmarkDecode/size=64`. */
export function toLevel(packages: readonly BenchPackage[], inside: BenchPackage, name: string): string {
  const short = name.replace(/^Benchmark/, '');
  return packages.length > 1 && inside.label !== '.' ? `${inside.label}.${short}` : short;
}

/** The package and the whole Go name that a level stands for. */
export function choosePackage(
  packages: readonly BenchPackage[],
  level: string,
): { name: string; inside: BenchPackage } {
  const labelled =
    packages.length > 1
      ? packages
          .filter((one) => one.label !== '.' && level.startsWith(`${one.label}.`))
          .sort((a, b) => b.label.length - a.label.length)[0]
      : undefined;
  const inside = labelled ?? packages.find((one) => one.label === '.') ?? packages[0];
  if (!inside) throw new Error('no package with benchmarks was built');
  const short = labelled ? level.slice(labelled.label.length + 1) : level;
  return { name: `Benchmark${short}`, inside };
}
