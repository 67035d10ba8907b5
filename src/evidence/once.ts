/** What several witnesses ask of a case is run once. */
import type { Case, EvidenceRequest } from './gather.ts';

/** The same runs, asked for the first time by whoever comes first. */
export function oncePerCase<Answer>(
  ask: (one: Case, request: EvidenceRequest) => Promise<Answer>,
): (one: Case, request: EvidenceRequest) => Promise<Answer> {
  const asked = new WeakMap<Case, Promise<Answer>>();
  return (one, request) => {
    const known = asked.get(one);
    if (known) return known;
    const made = ask(one, request);
    asked.set(one, made);
    return made;
  };
}
