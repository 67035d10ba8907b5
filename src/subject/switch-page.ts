/** The file through which Seamark tells a host whose library is meant: see PAGE. */
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, READY } from '../artifact/switch-source.ts';
import type { SwitchedHost } from '../artifact/switched-host.ts';

let made = 0;

export class SwitchPage {
  readonly file: string;
  readonly #descriptor: number;
  readonly #word = Buffer.alloc(8);

  /** `order`: the numbers of the copies, as they are to be loaded. `shifts`: bytes, whole pages, by number. */
  constructor({ folder, copies }: SwitchedHost, order: readonly number[], shifts: readonly number[]) {
    made += 1;
    this.file = join(folder, `switch-${process.pid}-${made}`);
    const page = Buffer.alloc(PAGE.size);
    page.writeBigUInt64LE(BigInt(copies.length), PAGE.count);
    page.set(order, PAGE.order);
    for (const [copy, { bytes }] of copies.entries()) page.writeBigUInt64LE(BigInt(bytes), PAGE.sizes + 8 * copy);
    for (const [copy, shift] of shifts.entries()) page.writeBigUInt64LE(BigInt(shift), PAGE.shifts + 8 * copy);
    page.write(copies.map(({ file }) => `${file}\0`).join(''), PAGE.paths, 'utf8');
    this.#descriptor = openSync(this.file, 'wx+', 0o600);
    writeSync(this.#descriptor, page, 0, page.length, 0);
  }

  /** Every call that the host makes from now on goes to this copy. Linux keeps a mapped file and its writes coherent. */
  choose(copy: number): void {
    this.#word.writeBigUInt64LE(BigInt(copy));
    writeSync(this.#descriptor, this.#word, 0, 8, PAGE.chosen);
  }

  /** Whether a host has this very file as memory: what it wrote there has arrived here. */
  isSeen(): boolean {
    const seen = this.#readSeen();
    return seen === READY || seen === READY + 1n;
  }

  /** Whether all copies stand in memory where they should: see switch-source.ts. */
  isApart(): boolean {
    return this.#readSeen() === READY + 1n;
  }

  #readSeen(): bigint {
    readSync(this.#descriptor, this.#word, 0, 8, PAGE.seen);
    return this.#word.readBigUInt64LE();
  }

  close(): void {
    closeSync(this.#descriptor);
    rmSync(this.file, { force: true });
  }
}
