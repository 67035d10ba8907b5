/** What every part of the reader shares: the document, and where problems are collected. */

import { nearestWord } from '../model/nearest.ts';
import { type Place, Problem } from '../model/problem.ts';
import type { SpecDocument, ValuePath } from './document.ts';

export class Reading {
  readonly document: SpecDocument;
  readonly problems: Problem[] = [];

  constructor(document: SpecDocument) {
    this.document = document;
  }

  report(code: string, message: string, path: ValuePath, cure?: string, part: 'key' | 'value' = 'value'): void {
    this.reportAt(code, message, this.document.placeOf(path, part), cure);
  }

  reportAt(code: string, message: string, at: Place, cure?: string): void {
    this.problems.push(new Problem({ code, message, at, ...(cure !== undefined && { cure }) }));
  }

  text(path: ValuePath): string {
    return this.document.textAt(path);
  }
}

/** `did you mean …?`, or the list of what there is. */
export function suggest(word: string, words: readonly string[], noun: string): string {
  const nearest = nearestWord(word, words);
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  return words.length === 0 ? `there are no ${noun}` : `the ${noun} are ${words.join(', ')}`;
}
