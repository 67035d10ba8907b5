/**
 * Questions and answers with one process, one JSON document a line over its standard streams. Never more than one
 * question at a time. Whatever is not the awaited answer in time ends the process and rejects with the reason.
 */
import { StringDecoder } from 'node:string_decoder';
import type { Launched, LaunchReport } from '../machine/launch.ts';
import { Problem } from '../model/problem.ts';
import { StderrTail } from './stderr-tail.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** More than this without an end of line is no answer. 1,000,000 timed iterations take 8 MiB. */
const LONGEST_LINE = 64 * 1024 * 1024;

interface Waiting {
  readonly id: number;
  readonly verb: string;
  resolve(answer: Answer): void;
  reject(problem: Error): void;
  readonly timer: NodeJS.Timeout;
}

export class LineChannel {
  readonly stderr: StderrTail;
  /** What messages call the process. */
  name: string;
  readonly #process: Launched;
  readonly #answerS: number;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #nextId = 1;
  #waiting: Waiting | undefined;
  #failure: Error | undefined;
  /** Whether lines that are no answer are passed over: until the first answer, of a process that can't keep quiet before. */
  #patient: boolean;

  /**
   * `name` is what messages call the process. `patient`: what it prints before its first answer does no harm, since others
   * are at work in it before it can take its standard output for itself.
   */
  constructor(process: Launched, name: string, answerS: number, { patient = false } = {}) {
    this.#patient = patient;
    this.#process = process;
    this.name = name;
    this.#answerS = answerS;
    this.stderr = new StderrTail(process.stderr);
    process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    process.report.then(
      (report) => this.#fail(this.#died(report)),
      (error: Error) => this.#fail(error),
    );
  }

  /** Whether a question is unanswered: another can't be asked. */
  get busy(): boolean {
    return this.#waiting !== undefined;
  }

  ask(verb: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#waiting) throw new Error(`${verb} asked while ${this.#waiting.verb} is unanswered`);
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const timer = setTimeout(() => this.#end(this.#late(verb)), this.#answerS * 1000);
      this.#waiting = { id, verb, resolve, reject, timer };
      this.#process.stdin?.write(`${JSON.stringify({ id, verb, ...fields })}\n`);
    });
  }

  /** The process answered, but not what the protocol asks for: ends it and returns the reason to throw. */
  refuse(code: string, message: string, cure: string): Problem {
    const problem = this.#problem(code, message, cure);
    this.#end(problem);
    return problem;
  }

  #read(chunk: Buffer): void {
    this.#text += this.#decoder.write(chunk);
    for (let end = this.#text.indexOf('\n'); end >= 0; end = this.#text.indexOf('\n')) {
      const line = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 1);
      this.#take(line);
    }
    if (this.#text.length > LONGEST_LINE) this.#garbage(this.#text);
  }

  #take(line: string): void {
    if (this.#failure) return;
    const answer = parseObject(line);
    if (!this.#waiting || answer?.id !== this.#waiting.id) {
      if (!this.#patient) this.#garbage(line);
      return;
    }
    this.#patient = false;
    const { verb, timer, resolve, reject } = this.#waiting;
    clearTimeout(timer);
    this.#waiting = undefined;
    if (typeof answer.error !== 'string') resolve(answer);
    else {
      const cure = 'The subject says why; check the levels of the factors and the workload in the spec.';
      reject(this.#problem('subject-refuses', `${this.name} refused to ${verb}: ${answer.error}`, cure));
    }
  }

  #garbage(line: string): void {
    const message = `${this.name} printed a line that is no answer: ${JSON.stringify(shorten(line))}`;
    const cure = 'Its standard output belongs to the protocol (docs/protocol.md): print to standard error instead.';
    this.#end(this.#problem('subject-prints-garbage', message, cure));
  }

  #late(verb: string): Problem {
    const message = `${this.name} did not answer ${verb} within ${this.#answerS} s and was ended`;
    const cure = 'Find out what it waits for, or raise `limits: {answer: …}` when its operations take that long.';
    return this.#problem('subject-hangs', message, cure);
  }

  #died(report: LaunchReport): Problem {
    const how = report.signal ? `was ended by ${report.signal}` : `exited with code ${report.exit}`;
    const when = this.#waiting ? ` before it answered ${this.#waiting.verb}` : '';
    const cure = 'Run the command of the spec by hand with the same treatment; its last words follow.';
    return this.#problem('subject-died', `${this.name} ${how}${when}`, cure);
  }

  #problem(code: string, message: string, cure: string): Problem {
    const detail = this.stderr.text;
    return new Problem({ code, message, cure, blame: 'run', ...(detail ? { detail } : {}) });
  }

  #end(problem: Problem): void {
    this.#fail(problem);
    void this.#process.end().catch(() => {}); // that it never started has been told already
  }

  #fail(problem: Error): void {
    this.#failure ??= problem;
    if (!this.#waiting) return;
    clearTimeout(this.#waiting.timer);
    this.#waiting.reject(this.#failure);
    this.#waiting = undefined;
  }
}

function parseObject(line: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function shorten(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
