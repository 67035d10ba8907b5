/** Studies whose truth is known, to rates of error with their intervals, and whether those are the rates that are promised. */
import type { CalibrationGroup, CalibrationRates, CalibrationStudy, Rate } from '../model/calibration.ts';
import { clopperPearson } from '../stats/binomial.ts';
import { median } from '../stats/quantile.ts';

/** What is promised where nothing is planted: called at most so often, equivalent at least so often. */
const FALSE_ALARMS = 0.01;
const EQUIVALENT = 0.75;
/** Fewer than these can fall short by chance alone. */
const FEW_STUDIES = 40;
/** From so many studies on, one false alarm alone proves nothing, and that all went well says something. */
const ENOUGH_STUDIES = 20;
/** The lower end of the rate at which planted shares are called, by how many margins the share is, largest first. */
const SEEN = [
  { margins: 2.5, least: 0.85 },
  { margins: 2, least: 0.7 },
] as const;

/** One a group, nothing planted first, then by share from the largest. Groups without a study are left out. */
export function rateStudies(studies: readonly CalibrationStudy[]): CalibrationRates[] {
  const groups = new Map<string, CalibrationStudy[]>();
  for (const study of studies) groups.set(groupKey(study), [...(groups.get(groupKey(study)) ?? []), study]);
  return [...groups.values()].map(rateGroup).sort((a, b) => rank(a) - rank(b) || b.margin - a.margin);
}

const rank = ({ share }: CalibrationGroup) => (share === 0 ? -1 : 1 - share);

function groupKey({ share, margin, budgetS }: CalibrationGroup): string {
  return `${share} ${margin} ${budgetS}`;
}

function rateGroup(studies: readonly CalibrationStudy[]): CalibrationRates {
  const { share, margin, budgetS } = studies[0]!;
  const count = (is: (study: CalibrationStudy) => boolean) => studies.filter(is).length;
  const worse = count(({ verdict }) => verdict === 'regression');
  const better = count(({ verdict }) => verdict === 'improvement');
  const told = share === 0 ? studies : studies.filter(({ verdict }) => verdict === 'regression');
  const called = rate(share === 0 ? worse + better : worse, studies.length);
  const equivalent = rate(
    count(({ verdict }) => verdict === 'equivalent'),
    studies.length,
  );
  return {
    share,
    margin,
    budgetS,
    called,
    equivalent,
    undecided: count(({ verdict }) => verdict === 'undecided'),
    wrong: share === 0 ? 0 : better,
    covered: rate(told.filter(({ low, high, truth }) => low <= truth && truth <= high).length, told.length),
    confidence: Math.min(...(told.length > 0 ? told : studies).map(({ confidence }) => confidence)),
    medianS: median(studies.map(({ seconds }) => seconds.all)),
    medianBlocks: median(studies.map(({ blocks }) => blocks)),
    must: share === 0 ? mustOfSame(called, equivalent) : mustOfPlanted(called, share / margin),
  };
}

function rate(count: number, of: number): Rate {
  return { count, of, ...(of === 0 ? { low: 0, high: 1 } : clopperPearson(count, of, 0.95)) };
}

function mustOfSame(called: Rate, equivalent: Rate): CalibrationRates['must'] {
  const most = Math.max(Math.floor(called.of * FALSE_ALARMS), called.of >= ENOUGH_STUDIES ? 1 : 0);
  const least = Math.ceil(equivalent.of * EQUIVALENT);
  return [
    { text: `called in at most ${most}`, met: called.count > most ? false : ifEnough(called) },
    {
      text: `equivalent in at least ${least}`,
      met: equivalent.count >= least ? ifEnough(equivalent) : unlessChance(equivalent),
    },
  ];
}

const ifEnough = ({ of }: Rate) => (of >= ENOUGH_STUDIES ? true : undefined);

/** Fewer than promised: a miss, unless so few studies would do that by chance though the promise holds. */
const unlessChance = ({ of, high }: Rate) => (of < FEW_STUDIES && high >= EQUIVALENT ? undefined : false);

/** The interval's lower end must reach it: too few studies can't show that, however they ended. */
function mustOfPlanted(called: Rate, margins: number): CalibrationRates['must'] {
  const wanted = SEEN.find((one) => margins >= one.margins - 1e-9);
  if (!wanted) return [];
  const reachable = called.of > 0 && clopperPearson(called.of, called.of, 0.95).low >= wanted.least;
  const met = called.low >= wanted.least ? true : reachable ? false : undefined;
  return [{ text: `called in at least ${Math.round(wanted.least * 100)} % by the lower end of its interval`, met }];
}
