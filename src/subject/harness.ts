/** A program that speaks the line protocol of docs/protocol.md: driven in lock-step, so that batches can take turns. */
import type { Parameter } from '../factor/realise.ts';
import { readBoundary } from '../instrument/boundary-reading.ts';
import { launch } from '../machine/launch.ts';
import type { Distribution } from '../model/experiment.ts';
import type { Problem } from '../model/problem.ts';
import type { Batch, Counts, Prepared, RunEnd, Session } from '../model/run.ts';
import type { BoundaryReading } from '../model/site.ts';
import { endInOrder } from './ending.ts';
import { type Answer, LineChannel } from './line-channel.ts';
import { clearRecords, type Start } from './start.ts';

const PROTOCOL_VERSION = 1;

/** What `prepare` is asked. */
export interface HarnessQuestion {
  readonly workload?: string;
  readonly path?: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly seed: number;
  readonly records?: Distribution;
}

/** Whom a session talks to: a process of its own, or one that it shares. */
export interface Conversation {
  /** What messages call the other side. */
  readonly name: string;
  ask(verb: string, fields: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Ends the process and returns the reason to throw. */
  refuse(code: string, message: string, cure: string): Problem;
  /** Never rejects. */
  end(): Promise<RunEnd>;
}

/** Starts the process; what it says is heard at `prepare`. */
export async function openHarness(start: Start, question: HarnessQuestion): Promise<Session> {
  clearRecords(start);
  const process = await launch(start.argv, { ...start.options, stdin: 'pipe' });
  const channel = new LineChannel(process, start.name, start.answerS);
  const conversation: Conversation = {
    name: start.name,
    ask: (verb, fields) => channel.ask(verb, fields),
    refuse: (code, message, cure) => channel.refuse(code, message, cure),
    end: () => endInOrder(process, channel),
  };
  return new HarnessSession(conversation, question, start.recordFile);
}

/** A session with a process that somebody else started. */
export function converse(conversation: Conversation, question: HarnessQuestion): HarnessSession {
  return new HarnessSession(conversation, question, undefined);
}

export class HarnessSession implements Session {
  readonly #channel: Conversation;
  readonly #name: string;
  readonly #question: HarnessQuestion;
  /** Between two answers the process waits for a question, so no crossing is under way. */
  readonly readBoundary?: () => BoundaryReading | undefined;
  #end: Promise<RunEnd> | undefined;

  constructor(channel: Conversation, question: HarnessQuestion, recordFile: string | undefined) {
    this.#channel = channel;
    this.#name = channel.name;
    this.#question = question;
    if (recordFile !== undefined) this.readBoundary = () => readBoundary(recordFile);
  }

  async prepare(): Promise<Prepared> {
    const hello = await this.#channel.ask('hello', { protocol: PROTOCOL_VERSION });
    if (hello.protocol !== PROTOCOL_VERSION) {
      throw this.#channel.refuse(
        'subject-foreign-protocol',
        `${this.#name} speaks protocol ${String(hello.protocol ?? 'none')}, this Seamark speaks ${PROTOCOL_VERSION}`,
        'Build the subject with the harness that comes with this Seamark (`seamark init --sdk`).',
      );
    }
    const { records, ...rest } = this.#question;
    const answer = await this.#channel.ask('prepare', {
      ...rest,
      ...(records ? { records: { distribution: records.kind, ...records.parameters } } : {}),
    });
    const checksum = answer.checksum;
    if (typeof checksum !== 'string' || checksum === '') throw this.#foreign('prepare', 'checksum', answer);
    return {
      checksum,
      cycle: this.#whole('prepare', answer, 'cycle', 1),
      operations: this.#whole('prepare', answer, 'operations', 0),
    };
  }

  /** `lead`: iterations that are run just before and not timed. */
  async run(iterations: number, lead = 0): Promise<Batch> {
    const answer = await this.#channel.ask('run', { n: iterations, ...(lead > 0 ? { lead } : {}) });
    if (answer.n !== iterations) throw this.#foreign('run', 'n', answer);
    const seconds = this.#whole('run', answer, 'total_ns', 0) / 1e9;
    // Harnesses of other languages may not know of collections.
    const cycles = answer.gc_cycles === undefined ? {} : { gcCycles: this.#whole('run', answer, 'gc_cycles', 0) };
    return { iterations, seconds, ...cycles };
  }

  async runEach(iterations: number): Promise<readonly number[]> {
    const answer = await this.#channel.ask('run', { n: iterations, each: true });
    const each = answer.each_ns;
    if (!Array.isArray(each) || each.length !== iterations || !each.every(isCount)) {
      throw this.#foreign('run', 'each_ns', { each_ns: Array.isArray(each) ? `${each.length} times` : each });
    }
    return each.map((ns: number) => ns / 1e9);
  }

  async count(iterations: number): Promise<Counts> {
    const answer = await this.#channel.ask('count', { n: iterations });
    const totals = answer.totals;
    if (typeof totals !== 'object' || totals === null || !Object.values(totals).every(isCount)) {
      throw this.#foreign('count', 'totals', answer);
    }
    // The totals are those of one pass of several over the inputs: the least, since chance only adds.
    const perPass = iterations / this.#whole('count', answer, 'passes', 1);
    return Object.fromEntries(Object.entries(totals as Counts).map(([name, total]) => [name, total / perPass]));
  }

  close(): Promise<RunEnd> {
    this.#end ??= this.#channel.end();
    return this.#end;
  }

  #whole(verb: string, answer: Answer, field: string, least: number): number {
    const value = answer[field];
    if (!isCount(value) || value < least) throw this.#foreign(verb, field, answer);
    return value;
  }

  #foreign(verb: string, field: string, answer: Answer) {
    const said = JSON.stringify(answer[field]) ?? 'nothing';
    return this.#channel.refuse(
      'subject-prints-garbage',
      `${this.#name} answered ${verb} with ${field} = ${said.slice(0, 200)}, which the protocol does not allow`,
      'See docs/protocol.md for what each answer holds.',
    );
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
