/**
 * What is said when something expected goes wrong: a `Problem` ends the work with a reason and a cure; a `Warning`
 * only weakens an answer and travels with it to the table, the JSON and the page.
 */
export interface Place {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in characters. */
  readonly column?: number;
  /** How many characters the caret underlines. */
  readonly length?: number;
  /** The text of that line. */
  readonly source?: string;
}

/** Which exit code a problem ends the process with: 2 wrong use or spec, 3 a run or the surroundings failed. */
export type Blame = 'input' | 'run';

export interface ProblemFacts {
  /** Stable, kebab-case: `unknown-key`, `subject-hangs`. */
  readonly code: string;
  /** What happened, one sentence, no full stop needed. */
  readonly message: string;
  /** What to do about it. */
  readonly cure?: string;
  readonly at?: Place;
  readonly blame?: Blame;
  /** Last lines the failing program said on stderr, or a diff, or a conflict. */
  readonly detail?: string;
}

/** An expected failure. Thrown on the rim, collected by the spec reader, printed by the command line. */
export class Problem extends Error {
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts, cause?: unknown) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.facts = facts;
  }

  get exitCode(): 2 | 3 {
    return this.facts.blame === 'run' ? 3 : 2;
  }
}

/** Several problems found together, as in one spec: all are printed. */
export class Problems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'Problems';
    this.problems = problems;
  }
}

/** What weakens an answer: what was seen, and its cure. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly cure?: string;
}
