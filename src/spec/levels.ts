/** The levels of one factor: what its family allows, all different, all of one kind of unit. */
import type { FactorFamily, Level } from '../model/experiment.ts';
import { parseQuantity } from '../model/unit.ts';
import type { ValuePath } from './document.ts';
import { mistakenSize } from './planting.ts';
import { describeQuantity, mistakenUnit } from './quantities.ts';
import { type Reading, suggest } from './reading.ts';

const PROBE_LEVELS: readonly string[] = ['off', 'counters', 'full'];

export function readLevels(
  reading: Reading,
  name: string,
  family: FactorFamily | undefined,
  base: ValuePath,
  count: number,
): Level[] {
  const levels: Level[] = [];
  for (let index = 0; index < count; index++) {
    const path = [...base, index];
    const text = reading.text(path);
    const level = readLevel(reading, name, family, path, text);
    if (level === undefined) continue;
    const twin = levels.find((other) => sameLevel(other, level));
    if (twin) {
      const same = twin.text === text ? '' : `, which is the same as \`${twin.text}\``;
      reading.report('repeated-level', `the level \`${text}\` of \`${name}\` is repeated${same}`, path, 'remove it');
      continue;
    }
    const other = family === 'parameter' ? levels.find((earlier) => areMixed(earlier, level)) : undefined;
    if (other) {
      const [found, before] = [text, other.text].map((written) => describeQuantity(parseQuantity(written)));
      const message = `\`${text}\` is ${found} but \`${other.text}\` is ${before}`;
      reading.report('mixed-units', message, path, `give all levels of \`${name}\` the same kind of unit`);
      continue;
    }
    levels.push(level);
  }
  return levels;
}

/** Two quantities of different kinds; a word among numbers (`off`, `auto`) is fine. */
const areMixed = (a: Level, b: Level) =>
  a.dimension !== undefined && b.dimension !== undefined && a.dimension !== b.dimension;

function readLevel(
  reading: Reading,
  name: string,
  family: FactorFamily | undefined,
  path: ValuePath,
  text: string,
): Level | undefined {
  const refuse = (message: string, cure: string) => {
    reading.report('bad-level', message, path, cure);
    return undefined;
  };
  const quantity = parseQuantity(text);
  if (family === 'build') {
    return text === '' ? refuse('a build is a version', 'name one: v1.4.0, HEAD~1, `.` or ./before') : { text };
  }
  if (family === 'probe' && !PROBE_LEVELS.includes(text)) {
    return refuse(`\`probe\` has no level \`${text}\``, suggest(text, PROBE_LEVELS, 'levels'));
  }
  if (family === 'fault' && text !== 'none') {
    const wrong = mistakenSize(name, text, quantity);
    if (wrong) return refuse(...wrong);
  }
  if (name === 'go.gogc' && text !== 'off' && !/^\d+( ?%)?$/.test(text)) {
    return refuse(`\`go.gogc\` expects a percentage, found \`${text}\``, 'write 100, 400 or off');
  }
  if (name === 'go.gomaxprocs' && !/^[1-9]\d*$/.test(text)) {
    return refuse(`\`go.gomaxprocs\` expects a number of processors, found \`${text}\``, 'write 1, 2, …');
  }
  if (name === 'go.gomemlimit' && text !== 'off' && (quantity?.dimension !== 'bytes' || quantity.value <= 0)) {
    return refuse(`\`go.gomemlimit\` expects a size, found \`${text}\``, 'write 64 MiB or off');
  }
  if (family === 'parameter') {
    if (text === '') return refuse(`a level of \`${name}\` is empty`, 'write a word, a number or a quantity');
    const wrong = mistakenUnit(text);
    if (wrong) {
      const cure = wrong.nearest
        ? `did you mean \`${wrong.nearest}\`?`
        : 'the units are B, KiB, MiB, GiB, ns, µs, ms, s, min, h, %, /s';
      return refuse(`unknown unit \`${wrong.unit}\` in \`${text}\``, cure);
    }
  }
  return quantity ? { text, value: quantity.value, dimension: quantity.dimension } : { text };
}

export const sameLevel = (a: Level, b: Level) =>
  a.text === b.text || (a.value !== undefined && a.value === b.value && a.dimension === b.dimension);
