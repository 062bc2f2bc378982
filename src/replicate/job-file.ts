import { ConfigurationError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';
import { parseBoolean } from './booleans.ts';
import { type DatabaseType, type DestinationConnection, readDestination } from './destination-connection.ts';
import type { Host } from './host.ts';
import { fillIn } from './job/connection-properties.ts';
import { readDatabaseType } from './job/database-type.ts';
import type { Environment } from './job/environment.ts';
import { JobElements, type JobKey } from './job/job-elements.ts';
import { readSource, type SourceConnection } from './source-connection.ts';
import { SourceText } from './source-text.ts';

/** What an XML job file of CData Sync says. */
export interface JobFile {
  readonly path: string;
  readonly databaseType: DatabaseType;
  readonly source: SourceConnection;
  readonly destination: DestinationConnection;
  /** Replicate every table, without a query file. */
  readonly replicateAll: boolean;
  /** Absent when the element is empty: no mail. */
  readonly notificationUserName?: string;
  /** As written; absent when the file holds neither key. */
  readonly schedule?: Schedule;
  /** What the file says that has no effect here. */
  readonly notices: readonly Text[];
}

export interface Schedule {
  /** `HH:MM` */
  readonly startTime?: string;
  /** `Never`, or how often. */
  readonly interval?: string;
}

/** Throws a `ConfigurationError` with `path:line:column` for anything that cannot be understood. */
export function parseJobFile(
  xml: string,
  path: string,
  host: Host = { environment: process.env, platform: process.platform },
): JobFile {
  const elements = new JobElements(xml, path);
  const source = readSource(fillWhole(elements.require('ConnectionString'), host.environment), host.environment);
  const written = fillWhole(elements.require('DatabaseConnectionString'), host.environment);
  const databaseType = readDatabaseType(elements.find('DatabaseType'), elements.find('DatabaseProvider'), written);
  const destination = readDestination(databaseType, written, host);
  const notificationUserName = elements.find('NotificationUserName')?.text.trim();
  const schedule = readSchedule(elements);
  return {
    path,
    databaseType,
    source: source.connection,
    destination: destination.connection,
    replicateAll: readReplicateAll(elements.find('ReplicateAll')),
    ...(notificationUserName !== undefined && { notificationUserName }),
    ...(schedule && { schedule }),
    notices: [...elements.notices, ...source.notices, ...destination.notices],
  };
}

/** A connection string that is one `{env:NAME}` is the variable's value; others are filled in value by value. */
function fillWhole(written: SourceText, environment: Environment): SourceText {
  const { path, text, start } = written;
  if (!/^\s*\{env:[^{}]*\}\s*$/i.test(text)) return written;
  return new SourceText(path, fillIn(text, environment, written.placeOf(0)), start);
}

function readReplicateAll(written: SourceText | undefined): boolean {
  const value = written === undefined ? false : parseBoolean(written.text);
  if (value !== undefined) return value;
  throw new ConfigurationError({
    code: 'config.invalid',
    text: { en: '<ReplicateAll> must be True or False', ja: '<ReplicateAll> には True か False を指定してください' },
    hint: {
      en: 'True replicates every table; False runs the statements of the query file.',
      ja: 'True はすべてのテーブルを複製し、False はクエリファイルの文を実行します。',
    },
    ...(written && { path: written.placeOf(0) }),
  });
}

function readSchedule(elements: JobElements): Schedule | undefined {
  const read = (key: JobKey) => elements.find(key)?.text.trim();
  const startTime = read('TaskSchedulerStartTime');
  const interval = read('TaskSchedulerInterval');
  if (startTime === undefined && interval === undefined) return undefined;
  return { ...(startTime !== undefined && { startTime }), ...(interval !== undefined && { interval }) };
}
