/** The shape of `design`: a word, or a map with its options. */
import * as z from 'zod';
import { list, map, name, named, whole, word } from './shapes.ts';

const DESIGNS = ['full-factorial', 'fractional', 'screening', 'd-optimal', 'one-at-a-time', 'morris'] as const;
const centre = whole('a whole number of processes from 1 to 10', 1, 10)
  .optional()
  .describe('Processes a block at the middle of all factors, to see whether the response bends. Default: none.');
const foldover = z
  .boolean({ error: 'true or false' })
  .optional()
  .describe('Run the opposite of every combination as well. Default: false.');
export const design = z.union(
  [
    word(DESIGNS),
    z.discriminatedUnion(
      'kind',
      [
        map({ kind: z.literal('full-factorial'), centre }, 'a map').describe('Every combination.'),
        map(
          {
            kind: z.literal('fractional'),
            resolution: whole('a resolution from 3 to 7', 3, 7)
              .optional()
              .describe('The least one: 3 frees main effects of each other, 4 of pairs, 5 pairs of pairs.'),
            generators: named(list(name, 'a list of factors'), 'a map from factor to the factors it is the product of')
              .optional()
              .describe('Factors whose level is the product of others. Default: those of the books.'),
            foldover,
            centre,
          },
          'a map',
        ).describe('A part of the combinations of two-level factors, chosen so that effects are told apart.'),
        map({ kind: z.literal('screening'), foldover, centre }, 'a map').describe(
          'Few combinations of many two-level factors, for their main effects.',
        ),
        map(
          {
            kind: z.literal('d-optimal'),
            runs: whole('a whole number of combinations from 2 to 64', 2, 64)
              .optional()
              .describe('Combinations a block. Default: three more than the effects need.'),
            interactions: z
              .boolean({ error: 'true or false' })
              .optional()
              .describe('Tell interactions of two factors as well. Default: where the runs suffice.'),
          },
          'a map',
        ).describe('As many combinations as there are runs for, those that tell the effects best.'),
        map({ kind: z.literal('one-at-a-time') }, 'a map').describe('The baseline, and each other level alone.'),
        map(
          {
            kind: z.literal('morris'),
            trajectories: whole('a whole number of trajectories from 4 to 40', 4, 40)
              .optional()
              .describe('Random ways through the levels, each of which moves every factor once. Default: 10.'),
          },
          'a map',
        ).describe('Random steps to the next level, to screen many factors of any number of levels.'),
      ],
      { error: DESIGNS.join(', ') },
    ),
  ],
  { error: DESIGNS.join(', ') },
);
