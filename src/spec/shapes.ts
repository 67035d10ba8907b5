/** What shapes of a spec are made of. The `error` of a leaf says what was expected; that of a map lists the keys it understands. */
import * as z from 'zod';

type Shape = Readonly<Record<string, z.ZodType>>;

/** A map that refuses keys it does not know; the message of that refusal is the list of those it does. */
export function map<S extends Shape>(shape: S, expected: string) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : expected),
  });
}

export const text = (expected: string) => z.string({ error: expected });
export const word = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words, { error: words.join(', ') });
export const scalar = (expected: string) => z.union([z.string(), z.number(), z.boolean()], { error: expected });
export const quantity = (expected: string) => z.union([z.string(), z.number()], { error: expected });
export const list = <T extends z.ZodType>(item: T, expected: string) => z.array(item, { error: expected });
export const named = <T extends z.ZodType>(value: T, expected: string) =>
  z.record(z.string(), value, { error: expected });
export const whole = (expected: string, least: number, most: number) =>
  z.int({ error: expected }).min(least, { error: expected }).max(most, { error: expected });

export const name = text('a name').min(1, { error: 'a name' });
