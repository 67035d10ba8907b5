/** A priced plan as text: what is run, what is compared, what it costs, what it would see and what it can't. */
import { isApart } from '../design/block-order.ts';
import type { Price } from '../design/price.ts';
import { mayRunOff } from '../design/probe-off.ts';
import { listProbedGroups } from '../design/probed-blocks.ts';
import type { Expectation, Experiment } from '../model/experiment.ts';
import { type Contrast, holds, type Levels, type Plan } from '../model/plan.ts';
import { formatQuantity } from '../model/unit.ts';
import { sayDesign } from './plan-design.ts';
import type { Colors } from './terminal.ts';

export interface PricedPlan {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly price: Price;
  readonly notes: readonly string[];
}

export interface Page {
  readonly columns: number;
  readonly colors: Colors;
  /** List every treatment and comparison, however many. */
  readonly everything: boolean;
}

const MOST_LINES = 12;
/** Prices are rough: less than this beyond the budget is not worth a note. */
const OVERRUN = 1.05;

export function renderPlan({ experiment, plan, price, notes }: PricedPlan, page: Page): string {
  const { colors, columns } = page;
  const title = (text: string) => ['', colors.bold(text)];
  const main = plan.arms.filter((arm) => arm.role === 'main');
  const sentences = (texts: readonly string[]) => texts.flatMap((text) => wrapped(text, columns));
  const lines = [
    colors.bold(experiment.name),
    ...(experiment.hypothesis === undefined ? [] : wrapped(experiment.hypothesis, columns)),
    ...title(`${counted(main.length, 'treatment')}, each a process of its own in every block`),
    ...shortened(
      main.map((arm) => `  ${people(arm.treatment.id)}`),
      page,
    ),
    ...sideArms(experiment, plan),
    ...sentences(notes),
    ...designLines(plan, price, page),
    ...title(plan.contrasts.length === 0 ? 'no two treatments are compared' : compared(experiment, plan)),
    ...shortened(comparisonLines(plan.contrasts), page),
    ...title('price'),
    ...priceLines(price, plan),
    ...sentences(overBudget(price, plan)),
    ...title(plan.contrasts.length === 0 ? 'what this rests on' : 'what it would see'),
    ...sentences([...(plan.contrasts.length === 0 ? [] : sight(price)), ...price.assumptions]),
    ...title('what it cannot see'),
    ...sentences([...price.blind, ...unseenExpectations(experiment, plan)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Where factors are crossed, or a part of all combinations is run. */
function designLines(plan: Plan, price: Price, page: Page): string[] {
  const text = sayDesign(plan, price);
  if (!text) return [];
  const { title, said, aliases } = text;
  return [
    '',
    page.colors.bold(people(title)),
    ...said.flatMap((sentence) => wrapped(people(sentence), page.columns)),
    ...(aliases.length === 0 ? [] : ['  not told apart:']),
    ...shortened(
      aliases.map((line) => `    ${people(line)}`),
      page,
    ),
  ];
}

function compared({ metrics, margin }: Experiment, { contrasts }: Plan): string {
  return `${counted(contrasts.length, 'comparison')}, judged on ${metrics.primary} with a margin of ±${percent(margin)}`;
}

function sideArms(experiment: Experiment, { arms }: Plan): string[] {
  const off = (count: number) => {
    if (!mayRunOff(experiment, { arms })) return '';
    return count === 1 ? ', and once more with it off' : ', one of them once more with it off';
  };
  const texts: Readonly<Record<'aa' | 'probed', (count: number) => string>> = {
    aa: (count) =>
      `${counted(count, 'treatment')} once more, to be set against ${count === 1 ? 'itself' : 'themselves'}: what chance and position do`,
    probed: (count) =>
      `${counted(count, 'treatment')} with the probe beside ${count === 1 ? 'itself' : 'themselves'} without it${off(count)}: the boundary map, and the probe's own cost`,
  };
  return (['aa', 'probed'] as const).flatMap((role) => {
    const [first, ...others] = arms.filter((arm) => arm.role === role);
    if (!first) return [];
    const what = texts[role](1 + others.length);
    if (isApart(first)) return [`  and after every ${ordinal(first.every)} block, in one of its own, ${what}`];
    if (role === 'probed')
      return [`  and after every ${ordinal(first.every)} block, ${place(listProbedGroups({ arms }).length)}, ${what}`];
    return [`  and in every ${first.every === 1 ? '' : `${ordinal(first.every)} `}block ${what}`];
  });
}

/** Where probed runs are: one treatment a block, its builds together. */
const place = (blocks: number) => (blocks === 1 ? 'in one of its own' : `in ${blocks} of their own`);

function comparisonLines(contrasts: readonly Contrast[]): string[] {
  const heads = contrasts.map(({ baseline, candidate }) => `${people(candidate)} against ${people(baseline)}`);
  const width = Math.max(0, ...heads.map((head) => head.length));
  return contrasts.map(({ treatment }, index) =>
    treatment === '' ? `  ${heads[index]}` : `  ${heads[index]!.padEnd(width)}  at ${people(treatment)}`,
  );
}

function priceLines(price: Price, plan: Plan): string[] {
  const looks = price.looks.map((look) => look.blocks);
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'pilot',
      seconds(price.pilotS),
      `up to ${plan.pilotBlocks} blocks, recorded and never judged; it fixes the batches`,
    ],
    ['judged', `at most ${seconds(price.judgedS)}`, sayLooks(looks)],
    ['repeated', `at most ${seconds(price.freshS)}`, 'what was found must repeat on fresh blocks'],
    ...checkRow(plan),
    [
      'in all',
      `at most ${seconds(price.pilotS + price.judgedS + price.freshS)}`,
      `the budget is ${seconds(plan.budgetS)}; builds come before and are not counted`,
    ],
  ];
  const width = Math.max(...rows.map(([, time]) => time.length));
  return rows.map(([label, time, text]) => `  ${label.padEnd(8)}  ${time.padStart(width)}  ${text}`);
}

function sayLooks(looks: readonly number[]): string {
  const blocks = `${listed(looks)} ${looks.at(-1) === 1 ? 'block' : 'blocks'}`;
  return looks.length > 1 ? `${blocks}: at each of these it may stop` : `${blocks}: one look, at the end`;
}

/** Which mode will judge is not known yet: what would check it depends on that. */
function checkRow({ modes }: Plan): (readonly [string, string, string])[] {
  if (modes.length < 2) return [];
  return [
    ['checked', 'what is left', `a regression found ${modes[0]} is asked once more, ${modes.slice(1).join(' or ')}`],
  ];
}

/** Looks and repetition need so many blocks at least, whatever the budget is: then it can't be kept. */
function overBudget({ pilotS, judgedS, freshS }: Price, { budgetS }: Plan): string[] {
  const most = pilotS + judgedS + freshS;
  if (most <= budgetS * OVERRUN) return [];
  return [
    `Note: the budget is too small for this experiment. The smallest study that can repeat what it finds takes up to ${seconds(most)}; give it that (--budget), or fewer treatments.`,
  ];
}

function sight({ smallest, looks }: Price): string[] {
  if (!Number.isFinite(smallest.last)) return ['Nothing: so few blocks can call no change.'];
  const early =
    Number.isFinite(smallest.first) && looks.length > 1
      ? `, one of ${percent(smallest.first)} already at the first look`
      : '';
  return [`A change of ${percent(smallest.last)}, in 8 of 10 such studies${early}.`];
}

/** A change that no two treatments of the plan stand for can only end undecided. */
function unseenExpectations({ expect }: Experiment, { arms }: Plan): string[] {
  const main = arms.filter((arm) => arm.role === 'main').map((arm) => arm.treatment.levels);
  const fits = (wanted: Levels) => main.some((levels) => holds(levels, wanted));
  const sides = (expectation: Exclude<Expectation, { kind: 'interaction' }>) =>
    expectation.kind === 'value'
      ? [expectation.at]
      : [
          { ...expectation.at, ...expectation.from },
          { ...expectation.at, ...expectation.to },
        ];
  return expect.flatMap((expectation, index) =>
    expectation.kind === 'interaction' || sides(expectation).every(fits)
      ? []
      : [
          `Expectation ${index + 1} (${expectation.metric} ${expectation.bound.text}): no treatment is what it speaks of.`,
        ],
  );
}

function shortened(lines: readonly string[], { everything }: Page): string[] {
  if (everything || lines.length <= MOST_LINES) return [...lines];
  const shown = lines.slice(0, MOST_LINES - 1);
  return [...shown, `  … ${lines.length - shown.length} more (--verbose lists them)`];
}

/** A sentence as a list entry, broken at blanks. */
function wrapped(text: string, columns: number): string[] {
  const width = Math.min(columns, 100) - 2;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(`  ${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `  ${line}`];
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const ordinal = (count: number) => `${count}${count === 2 ? 'nd' : count === 3 ? 'rd' : 'th'}`;
const listed = (numbers: readonly number[]) =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} or ${numbers.at(-1)}`;
const percent = (value: number) => formatQuantity({ dimension: 'fraction', value });
const seconds = (value: number) => formatQuantity({ dimension: 'seconds', value });
/** For people `go→rust`; in files and data `go->rust`. */
const people = (text: string) => text.replaceAll('->', '→');
