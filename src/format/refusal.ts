import { REFUSALS, type RefusalCode } from './layout-gen.ts';

/** Bytes that are not what they claim to be. The code is stable, the message says why in plain words. */
export class FormatRefusal extends Error {
  readonly code: RefusalCode;
  /** Byte of the file at which it was seen. */
  readonly offset: number;

  constructor(code: RefusalCode, offset: number, seen?: string) {
    super(seen === undefined ? REFUSALS[code] : `${REFUSALS[code]} (${seen})`);
    this.name = 'FormatRefusal';
    this.code = code;
    this.offset = offset;
  }
}
