/** The last words of a process: enough to say why it died, never more than a page. */
import type { Readable } from 'node:stream';

const KEPT_CHARACTERS = 8192;
const KEPT_LINES = 20;

export class StderrTail {
  #kept = '';

  constructor(stream: Readable) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      this.#kept = (this.#kept + chunk).slice(-KEPT_CHARACTERS);
    });
  }

  /** Its last lines, without the empty ones at the end. */
  get text(): string {
    return this.#kept.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
  }
}
