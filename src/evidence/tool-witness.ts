/** What witnesses that need a tool have in common: it may be missing, and its runs may fail; both make them blind, with the reason. */
import { findOnPath, howToGet } from '../machine/tools.ts';
import { Problem } from '../model/problem.ts';
import type { Witness } from '../model/witness.ts';
import type { AskWitness, Case, EvidenceRequest } from './gather.ts';

/** What is said of a case, beside whom it is about. */
export type Testimony = Pick<Witness, 'says' | 'seen' | 'findings'> & Partial<Pick<Witness, 'missing'>>;

/** `tool`: as requirements.json and the command line call it. */
export function withTool(
  name: string,
  tool: string,
  ask: (one: Case, request: EvidenceRequest) => Promise<Testimony>,
): AskWitness {
  return async (one, request) => {
    const { treatment, baseline, candidate } = one;
    const about = { name, treatment, baseline, candidate };
    const path = request.conditions.environment?.PATH;
    if (!(await findOnPath(tool, path === undefined ? process.env : { PATH: path }))) {
      const missing = `${tool}: ${howToGet(tool)}`;
      return { ...about, says: 'blind', seen: `${tool} is not on this machine`, findings: [], missing };
    }
    try {
      return { ...about, ...(await ask(one, request)) };
    } catch (error) {
      request.signal.throwIfAborted();
      if (!(error instanceof Problem)) throw error;
      return { ...about, says: 'blind', seen: `the subject fails under ${tool}: ${sayWhy(error)}`, findings: [] };
    }
  };
}

/** What counts are given per. */
export function perWhat({ experiment: { subject } }: Pick<EvidenceRequest, 'experiment'>): string {
  return subject.kind === 'command' ? 'a run' : 'an operation';
}

function sayWhy({ facts: { message, detail } }: Problem): string {
  const last = detail?.trimEnd().split('\n').at(-1);
  return last ? `${message} (${last.slice(0, 200)})` : message;
}
