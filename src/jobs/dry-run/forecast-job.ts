import type { Session } from '../../load/dialect.ts';
import { minimumSeconds, type ReadingPlan, resourcesOf, sumCounts, totalOf } from '../../tap/tap.ts';
import type { Destination } from '../destination/destination.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { identifyAccount } from '../run/account.ts';
import {
  budgetShareOf,
  type ForecastContext,
  forecastReadings,
  plannedResources,
  type ReadingForecast,
} from '../run/forecast-readings.ts';
import { planReadings, type StartingStatement, startOf } from '../run/reading.ts';
import { startsOf } from '../run/starts.ts';
import { readStates } from '../state/read-states.ts';
import type { JobForecast, StatementForecast } from './job-forecast.ts';
import { schemaChanges } from './schema-changes.ts';

/** Without a session there is no database yet. Counts where Backlog counts for little; reads no rows. */
export async function forecastJob(
  plans: readonly StatementPlan[],
  destination: Destination,
  session: Session | undefined,
  context: ForecastContext,
): Promise<JobForecast> {
  const { client } = context;
  const readings = await forecastReadings(planReadings(await startsIn(session, plans, context)), context);
  const forecasts = new Map(readings.flatMap(forecastsOf));
  const resources = plannedResources(readings, context);
  const requests = sumCounts(resources.map((each) => each.requests));
  return {
    source: client.host,
    destination: destination.label,
    statements: plans.flatMap((plan) => forecasts.get(plan) ?? []),
    resources,
    requests,
    minimumSeconds: minimumSeconds(requests, readings[0]?.plan.limits ?? {}, budgetShareOf(context)),
    schemaChanges: await schemaChanges(plans, session, destination),
    requestsMade: totalOf(client.usage.requests),
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

function forecastsOf({ reading, plan }: ReadingForecast) {
  return reading.statements.map(({ plan: { text, table, query }, plan: statement, mode }) => {
    const forecast: StatementForecast = { statement: text, table, mode, ...requestsFor(query.streams, plan) };
    return [statement, forecast] as const;
  });
}

/** What of a reading's requests is for these streams. */
function requestsFor(streams: readonly string[], { resources }: ReadingPlan) {
  const wanted = new Set(streams.flatMap(resourcesOf));
  const own = resources.filter(({ resource }) => wanted.has(resource));
  return {
    requests: sumCounts(own.map(({ requests }) => requests)),
    isEstimate: own.some(({ isEstimate }) => isEstimate),
  };
}
