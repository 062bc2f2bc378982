import { displayName, fitTable, type TableName } from '../../load/table.ts';
import type { CatalogStream } from '../../message/catalog.ts';
import { prepareQuery } from '../../replicate/prepare-query.ts';
import type { SourceConnection } from '../../replicate/source-connection.ts';
import type { ReplicateStatement } from '../../replicate/statement.ts';
import { digest } from '../digest.ts';
import { checkDestinations, type DatabaseNames } from './check-destinations.ts';
import type { StatementPlan } from './job-plan.ts';
import { optionNotices } from './option-notices.ts';
import { statementSettings } from './statement-settings.ts';

/** What a job says for all statements that do not say it themselves. */
export type JobDefaults = Pick<SourceConnection, 'startDate' | 'tableNamePrefix' | 'schema'>;

/**
 * Checks the statements against the streams that are offered and against each other, and makes them ready to run.
 * Nothing is read or written.
 *
 * @throws ConfigurationError at the first statement that cannot run as it stands
 */
export async function planJob(
  statements: readonly ReplicateStatement[],
  offered: readonly CatalogStream[],
  database: DatabaseNames,
  defaults: JobDefaults = {},
): Promise<readonly StatementPlan[]> {
  const plans: StatementPlan[] = [];
  for (const statement of statements) plans.push(await planStatement(statement, offered, database, defaults));
  checkDestinations(plans, database);
  return plans;
}

async function planStatement(
  statement: ReplicateStatement,
  offered: readonly CatalogStream[],
  { facts }: DatabaseNames,
  defaults: JobDefaults,
): Promise<StatementPlan> {
  const settings = statementSettings(statement, defaults.startDate);
  const query = await prepareQuery(statement, offered);
  const destination = fitTable(destinationOf(statement, defaults), facts.names);
  return {
    text: statement.text.replace(/\s+/g, ' '),
    path: placeOf(statement),
    destination,
    table: displayName(destination),
    query,
    settings,
    fingerprint: fingerprintOf(statement, query.streams, settings.startDate),
    notices: [...statement.notices, ...optionNotices(statement), ...query.notices],
  };
}

export function placeOf({ path, line, column }: ReplicateStatement): string {
  return `${path}:${line}:${column}`;
}

/** A prefix is for statements that name no other table than the one they copy (CData: Table prefix). */
function destinationOf({ destination, select, source, options }: ReplicateStatement, job: JobDefaults): TableName {
  const { catalog, schema = options.get('CacheSchema') ?? job.schema, name } = destination;
  const isPlain = select === undefined && source === name;
  const prefix = isPlain ? (options.get('TableNamePrefix') ?? job.tableNamePrefix ?? '') : '';
  const parts = [catalog, schema].filter((part) => part !== undefined);
  return { ...(parts.length > 0 ? { schema: parts.join('.') } : {}), name: `${prefix}${name}` };
}

function fingerprintOf(
  { select, include, exclude, definition }: ReplicateStatement,
  streams: readonly string[],
  startDate: string | undefined,
): string {
  return digest(JSON.stringify([select ?? streams, include, exclude, definition, startDate]));
}
