/**
 * `seamark calibrate --layers`: how often Seamark finds the layer. Drills: a fault drawn from five layers is hidden in one of two
 * arms, and the study has to say where; and as studies in which nothing is hidden.
 */
import { rateDrills } from '../analysis/drills.ts';
import { DRILLS_SCHEMA, type Drill, type DrillRates } from '../model/drill.ts';
import { formatDuration } from '../report/facts.ts';
import { DrillSeries } from '../store/drills.ts';
import type { CalibratedSubject } from './calibrate-subject.ts';
import type { SeriesConditions } from './calibrate-trial.ts';
import { renderDrill } from './drill-text.ts';
import { runDrill, surveyDrills } from './drill-trial.ts';
import { columnsOf } from './terminal.ts';
import { version } from './version.ts';

export interface DrillOptions {
  /** Drills with a fault, and with nothing; those that are kept of an earlier call are counted with `resume`. */
  readonly planted: number;
  readonly studies: number;
  readonly budget: number;
  readonly seed: number;
  readonly resume?: boolean;
}

/** Each is kept as it ends. */
export async function drillLayers(
  subject: CalibratedSubject,
  options: DrillOptions,
  conditions: SeriesConditions,
  tell: (text: string) => void,
): Promise<void> {
  const series = new DrillSeries(subject.folder, options.budget);
  if (!options.resume) series.begin();
  const columns = columnsOf(process.stdout);
  const wanted = [
    { hides: true, of: options.planted },
    { hides: false, of: options.studies },
  ].map((half) => ({ ...half, there: series.drills().filter(isHalf(half.hides)).length }));
  if (wanted.every(({ of, there }) => there >= of)) return;
  let ground = await surveyDrills(subject, conditions);
  for (const { hides, of, there } of wanted) {
    for (let number = there + 1; number <= of; number++) {
      const doing = `drill ${number} of ${of}${hides ? '' : ', nothing hidden'}, ${formatDuration(options.budget)} and evidence`;
      const asked = { seed: options.seed + number - 1, budgetS: options.budget, hides, doing };
      const { drill, operationS } = await runDrill(ground, asked, conditions);
      // The next fault is sized by how fast the machine is now.
      ground = { ...ground, ground: { ...ground.ground, operationS } };
      series.add(drill);
      tell(renderDrill(drill, number, of, columns));
    }
  }
}

export function summariseDrills(
  { experiment, treatment, folder }: CalibratedSubject,
  { budget }: DrillOptions,
): DrillRates | undefined {
  const drills = new DrillSeries(folder, budget).drills();
  if (drills.length === 0) return undefined;
  return {
    schema: DRILLS_SCHEMA,
    subject: experiment.name,
    treatment,
    version: version(),
    ...rateDrills(drills),
    drills,
  };
}

const isHalf =
  (hides: boolean) =>
  ({ planted }: Drill): boolean =>
    (planted !== undefined) === hides;
