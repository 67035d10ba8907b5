/** One process with several parties: each asks for its own slot, one question at a time, and the last to leave ends it. */
import type { Launched } from '../machine/launch.ts';
import type { RunEnd } from '../model/run.ts';
import { endInOrder } from './ending.ts';
import type { Conversation } from './harness.ts';
import { type Answer, LineChannel } from './line-channel.ts';
import { NO_END } from './one-shot.ts';
import type { SwitchPage } from './switch-page.ts';

export class SharedProcess {
  readonly #process: Launched;
  readonly #page: SwitchPage;
  readonly #channel: LineChannel;
  /** What is being asked. */
  #verb: string | undefined;
  /** The question before. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(process: Launched, page: SwitchPage, answerS: number) {
    this.#process = process;
    this.#page = page;
    this.#channel = new LineChannel(process, 'The subject', answerS);
  }

  /** `leave`: called when this party leaves; whether it was the last. */
  join(slot: number, name: string, leave: () => boolean): Conversation {
    return {
      name,
      ask: (verb, fields) => this.#inTurn(() => this.#ask(slot, name, verb, fields)),
      refuse: (code, message, cure) => this.#channel.refuse(code, message, cure),
      end: async () => {
        await this.#release(slot, name);
        return leave() ? this.#end() : { ...NO_END, stderr: this.#channel.stderr.text };
      },
    };
  }

  /** What the slot holds is given back to the library that made it. Not in the middle of a batch, when the user said stop. */
  async #release(slot: number, name: string): Promise<void> {
    if (this.#verb !== undefined && this.#verb !== 'release') return;
    await this.#inTurn(() => this.#ask(slot, name, 'release', {})).catch(() => {});
  }

  async #ask(slot: number, name: string, verb: string, fields: Readonly<Record<string, unknown>>): Promise<Answer> {
    // Whoever asks is whose failure it is.
    this.#channel.name = name;
    this.#page.choose(slot);
    this.#verb = verb;
    const answer = await this.#channel.ask(verb, { slot, ...fields });
    this.#verb = undefined;
    if (verb === 'hello') this.#requireSlots(answer);
    return answer;
  }

  #requireSlots(answer: Answer): void {
    const otherwise = 'or let the builds have processes of their own (`mode: alternating`).';
    if (answer.slots !== true) {
      throw this.#channel.refuse(
        'subject-without-slots',
        'The harness of the subject serves one treatment a process, and the builds would share one',
        `Build the subject with the harness that comes with this Seamark (\`seamark init --sdk\`), ${otherwise}`,
      );
    }
    if (this.#page.isSeen()) return;
    throw this.#channel.refuse(
      'switch-not-seen',
      'The subject does not see what Seamark writes into the file that both map',
      `Keep the project on a file system of this machine, ${otherwise}`,
    );
  }

  /** What the process used is not told: it is that of several builds. */
  async #end(): Promise<RunEnd> {
    const end = await endInOrder(this.#process, this.#channel);
    this.#page.close();
    return { ...end, cpuS: 0, maxRssBytes: 0 };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#before.then(work);
    this.#before = mine.catch(() => {});
    return mine;
  }
}
