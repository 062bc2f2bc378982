import {
  planReading,
  type ReadingPlan,
  type ResourcePlan,
  requestsForCustomFields,
  sumResources,
} from '../../tap/tap.ts';
import { tapSettingsOf } from '../tap-settings.ts';
import type { JobContext } from './job-context.ts';
import type { Reading } from './reading.ts';

/** What a forecast needs to know; it writes nothing. */
export type ForecastContext = Pick<
  JobContext,
  'client' | 'source' | 'customFields' | 'clock' | 'log' | 'signal' | 'reconcile'
>;

export interface ReadingForecast {
  readonly reading: Reading;
  readonly plan: ReadingPlan;
}

/** Backlog's limits are used up to this share where the job names none. */
const BUDGET_SHARE = 0.9;

export function budgetShareOf({ source }: Pick<JobContext, 'source'>): number {
  return source.budgetShare ?? BUDGET_SHARE;
}

/** Counts where Backlog counts for little; reads no rows. */
export async function forecastReadings(
  readings: readonly Reading[],
  context: ForecastContext,
): Promise<readonly ReadingForecast[]> {
  const forecasts: ReadingForecast[] = [];
  for (const reading of readings) forecasts.push({ reading, plan: await planOf(reading, context) });
  return forecasts;
}

/** Of all readings and of what a run asks for before the first of them, each resource once. */
export function plannedResources(
  forecasts: readonly ReadingForecast[],
  { customFields }: Pick<JobContext, 'customFields'>,
): readonly ResourcePlan[] {
  const before = customFields ? requestsForCustomFields(customFields) : [];
  return sumResources([...before, ...forecasts.flatMap(({ plan }) => plan.resources)]);
}

function planOf(reading: Reading, context: ForecastContext): Promise<ReadingPlan> {
  const { client, source, customFields, clock, log, signal, reconcile } = context;
  const { selection, state, startDate } = reading;
  const settings = tapSettingsOf(source, startDate, reconcile);
  const options = { client, selection, settings, clock, log, signal };
  return planReading(
    { ...options, ...(state && { state }), ...(customFields && { customFields }) },
    budgetShareOf(context),
  );
}
