/** The contract as the four languages keep it: one set of vectors, read and written alike, and generated files that are current. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeRecordFile, fromJson, type Json } from '../../src/format/json.ts';
import { openRecordFile } from '../../src/format/reader.ts';
import { readRecord, refuseRecord } from '../../src/format/record.ts';
import { FormatRefusal } from '../../src/format/refusal.ts';
import { readRecordData, writeRecordFile } from '../../src/format/writer.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const VECTORS = path.join(ROOT, 'format/vectors');
const WARNINGS = ['-Wall', '-Wextra', '-Werror'];
const SLOW_MS = 300_000;

const whole = await namesIn(VECTORS);
const broken = await namesIn(path.join(VECTORS, 'broken'));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'seamark-contract-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(
  'generating changes nothing',
  async () => {
    const { stdout } = await execa('npx', ['tsx', 'scripts/generate.ts', '--check'], { cwd: ROOT });
    expect(stdout).toBe('nothing to change');
  },
  SLOW_MS,
);

describe('TypeScript', () => {
  test.each(whole)('reads %s to its JSON and writes it back byte for byte', async (name) => {
    const { bytes, json } = await vector(name);
    const file = openRecordFile(bytes);
    expect(describeRecordFile(file)).toEqual(json);
    expect(Buffer.from(writeRecordFile(readRecordData(file))).equals(bytes)).toBe(true);
  });

  test.each(whole)('writes %s from its JSON alone', async (name) => {
    const { bytes, json } = await vector(name);
    expect(Buffer.from(writeRecordFile(fromJson(json))).equals(bytes)).toBe(true);
  });

  test.each(broken)('refuses %s with its code', async (name) => {
    const { bytes, json } = await vector(`broken/${name}`);
    expect(firstRefusal(bytes)).toEqual(json);
  });
});

describe('C', () => {
  let program = '';
  beforeAll(async () => {
    program = path.join(folder, 'record');
    await execa('gcc', ['-std=c99', ...WARNINGS, '-O1', '-o', program, path.join(import.meta.dirname, 'c/record.c')]);
  }, SLOW_MS);

  test.each(whole)('reads %s to its JSON and writes it back byte for byte', async (name) => {
    const { bytes, json } = await vector(name);
    const { stdout } = await execa(program, ['describe', path.join(VECTORS, `${name}.rec`)]);
    expect(JSON.parse(stdout)).toEqual(json);
    const copy = path.join(folder, `${name}.rec`);
    await execa(program, ['copy', path.join(VECTORS, `${name}.rec`), copy]);
    expect((await readFile(copy)).equals(bytes)).toBe(true);
  });

  test.each(broken)('refuses %s with its code', async (name) => {
    const { json } = await vector(`broken/${name}`);
    const { stdout } = await execa(program, ['check', path.join(VECTORS, `broken/${name}.rec`)], { reject: false });
    expect(JSON.parse(stdout)).toEqual(json);
  });

  test('takes the generated header in C89 without a word, strict as it may be', async () => {
    const { stderr, exitCode } = await compileHeader(await header());
    expect([stderr, exitCode]).toEqual(['', 0]);
  });

  test('does not compile a header whose layout is off', async () => {
    const { exitCode, stderr } = await compileHeader(
      (await header()).replace('seamark_u16 site;', 'seamark_u32 site;'),
    );
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('seamark_assert_record_kind');
  });

  test('finds no name in the header that could be another file’s', async () => {
    const names = (await header()).matchAll(/^(?:#define|typedef \w+(?: \w+)*|struct) +(\w+)/gm);
    expect([...names].map(([, name]) => name).filter((name) => !/^seamark_|^SEAMARK_/.test(name ?? ''))).toEqual([]);
    expect(await header()).not.toContain('#include');
  });

  const header = (): Promise<string> => readFile(path.join(ROOT, 'format/record_gen.h'), 'utf8');

  async function compileHeader(
    text: string,
  ): Promise<{ readonly exitCode: number | undefined; readonly stderr: string }> {
    const file = path.join(folder, 'header.c');
    await writeFile(file, `${text}\n${text}\nint main(void) { return 0; }\n`);
    const options = ['-std=c89', '-pedantic', ...WARNINGS, '-Wundef', '-fsyntax-only', file];
    const { exitCode, stderr } = await execa('gcc', options, { reject: false });
    return { exitCode, stderr };
  }
});

test(
  'Go reads, writes and refuses every vector alike',
  async () => {
    const { stdout } = await execa('go', ['test', '-count=1', '-v', '-run', 'Vector|Fuzz', './record'], {
      cwd: path.join(ROOT, 'go'),
    });
    expect(named(stdout, /--- PASS: \S+\/(\S+)\.rec /g)).toEqual([...whole, ...broken].toSorted());
    expect(stdout).toContain('--- PASS: FuzzRead');
  },
  SLOW_MS,
);

test(
  'Rust reads, writes and refuses every vector alike',
  async () => {
    const { stdout } = await execa('cargo', ['test', '--lib', 'record::'], { cwd: path.join(ROOT, 'rust') });
    expect(stdout).toMatch(/every_vector_reads_to_its_json_and_is_written_back_byte_for_byte \.\.\. ok/);
    expect(stdout).toMatch(/every_broken_vector_is_refused_with_its_code \.\.\. ok/);
  },
  SLOW_MS,
);

test('every vector is small enough to read by eye', async () => {
  const sizes = await Promise.all(
    [...whole, ...broken.map((name) => `broken/${name}`)].map(async (name) => (await vector(name)).bytes.length),
  );
  expect(Math.max(...sizes)).toBeLessThan(64 * 1024);
});

function firstRefusal(bytes: Uint8Array): { readonly level: string; readonly refused: string } | undefined {
  try {
    const file = openRecordFile(bytes);
    for (const lane of file.lanes) {
      for (let slot = 0; slot < lane.usedSlots; slot++) {
        const refusal = refuseRecord(file, lane, slot, readRecord(file, lane, slot));
        if (refusal) return { level: 'record', refused: refusal.code };
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof FormatRefusal) return { level: 'file', refused: error.code };
    throw error;
  }
}

async function namesIn(where: string): Promise<readonly string[]> {
  const files = await readdir(where);
  return files.filter((file) => file.endsWith('.rec')).map((file) => path.basename(file, '.rec'));
}

async function vector(
  name: string,
): Promise<{ readonly bytes: Buffer; readonly json: { readonly [name: string]: Json } }> {
  const at = path.join(VECTORS, name);
  return { bytes: await readFile(`${at}.rec`), json: JSON.parse(await readFile(`${at}.json`, 'utf8')) };
}

function named(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? '').toSorted();
}
