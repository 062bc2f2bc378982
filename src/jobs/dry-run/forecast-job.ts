import type { Session } from '../../load/dialect.ts';
import {
  minimumSeconds,
  NO_REQUESTS,
  planReading,
  type ReadingPlan,
  type ResourcePlan,
  requestsForCustomFields,
} from '../../tap/tap.ts';
import type { Destination } from '../destination/destination.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { identifyAccount } from '../run/account.ts';
import { totalRequests } from '../run/board.ts';
import type { JobContext } from '../run/job-context.ts';
import { planReadings, type Reading, type StartingStatement, startOf } from '../run/reading.ts';
import { startsOf } from '../run/starts.ts';
import { tapSettingsOf } from '../source.ts';
import { readStates } from '../state/read-states.ts';
import type { JobForecast, StatementForecast } from './job-forecast.ts';
import { schemaChanges } from './schema-changes.ts';
import { requestsFor, sumByResource, sumRequests } from './sum-plans.ts';

/** What a forecast needs to know; it writes nothing. */
export type ForecastContext = Pick<
  JobContext,
  'client' | 'source' | 'customFields' | 'clock' | 'log' | 'signal' | 'reconcile'
>;

/** The client's own share of Backlog's limits, where the job names none. */
const BUDGET_SHARE = 0.9;

/** Without a session there is no database yet. Counts where Backlog counts for little; reads no rows. */
export async function forecastJob(
  plans: readonly StatementPlan[],
  destination: Destination,
  session: Session | undefined,
  context: ForecastContext,
): Promise<JobForecast> {
  const { client, source } = context;
  const budgetShare = source.budgetShare ?? BUDGET_SHARE;
  const readings: (readonly [Reading, ReadingPlan])[] = [];
  for (const reading of planReadings(await startsIn(session, plans, context))) {
    readings.push([reading, await planOf(reading, budgetShare, context)]);
  }
  const forecasts = new Map(readings.flatMap(forecastsOf));
  const resources = sumByResource([fieldPlans(context), ...readings.map(([, plan]) => plan.resources)]);
  const requests = sumRequests(resources);
  return {
    source: client.host,
    destination: destination.label,
    statements: plans.flatMap((plan) => forecasts.get(plan) ?? []),
    resources,
    requests,
    minimumSeconds: minimumSeconds(requests, readings[0]?.[1].limits ?? {}, budgetShare),
    schemaChanges: await schemaChanges(plans, session, destination),
    requestsMade: totalRequests(client),
  };
}

async function startsIn(
  session: Session | undefined,
  plans: readonly StatementPlan[],
  { client, source, signal }: ForecastContext,
): Promise<readonly StartingStatement[]> {
  const states = session === undefined ? [] : await readStates(session);
  const account = await identifyAccount(client, source.apiKey, states, signal);
  if (session === undefined) return plans.map((plan) => startOf(plan, undefined, false));
  return startsOf(plans, states, account, session);
}

/** What a run asks for before its first reading. */
function fieldPlans({ customFields }: ForecastContext): readonly ResourcePlan[] {
  const requests = customFields ? [...requestsForCustomFields(customFields)] : [];
  return requests.map(([resource, read]) => {
    return { resource, streams: [], requests: { ...NO_REQUESTS, read }, isEstimate: false };
  });
}

function planOf(reading: Reading, budgetShare: number, context: ForecastContext): Promise<ReadingPlan> {
  const { client, source, customFields, clock, log, signal, reconcile } = context;
  const { selection, state, startDate } = reading;
  const settings = tapSettingsOf(source, startDate, reconcile);
  const options = { client, selection, settings, clock, log, signal };
  return planReading({ ...options, ...(state && { state }), ...(customFields && { customFields }) }, budgetShare);
}

function forecastsOf([reading, plan]: readonly [Reading, ReadingPlan]) {
  return reading.statements.map(({ plan: { text, table, query }, plan: statement, mode }) => {
    const forecast: StatementForecast = { statement: text, table, mode, ...requestsFor(query.streams, plan) };
    return [statement, forecast] as const;
  });
}
