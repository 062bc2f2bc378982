import type { JobForecast } from './job-forecast.ts';

/** The forecast for programs: one JSON document. Fields are only ever added. */
export function forecastDocument(forecast: JobForecast): object {
  return {
    dry_run: true,
    source: forecast.source,
    destination: forecast.destination,
    requests: forecast.requests,
    minimum_seconds: forecast.minimumSeconds,
    requests_made: forecast.requestsMade,
    statements: forecast.statements.map(({ statement, table, mode, requests, isEstimate }) => {
      return { statement, table, mode, requests, is_estimate: isEstimate };
    }),
    resources: forecast.resources.map(({ resource, streams, requests, isEstimate }) => {
      return { resource, streams, requests, is_estimate: isEstimate };
    }),
    schema_changes: forecast.schemaChanges,
  };
}
