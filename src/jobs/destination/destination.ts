import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { mysql } from '../../dialects/mysql/mysql.ts';
import { postgres } from '../../dialects/postgres/postgres.ts';
import { DEFAULT_SCHEMA } from '../../dialects/postgres/settings.ts';
import { sqlite } from '../../dialects/sqlite/sqlite.ts';
import type { Dialect, Session } from '../../load/dialect.ts';
import type { DestinationConnection } from '../../replicate/destination-connection.ts';
import type { ServerConnection } from '../../replicate/job/server-connection.ts';
import { mysqlSettings } from './mysql-settings.ts';
import { postgresSettings } from './postgres-settings.ts';

/** A database that a job can write to. */
export interface Destination extends Pick<Dialect<never>, 'facts' | 'render'> {
  /** The same for connection strings that lead to the same database. */
  readonly place: string;
  /** The same for those that do so in the same way, so that a connection can be shared. */
  readonly key: string;
  /** For people: a file's path, or host and database. Without credentials. */
  readonly label: string;
  /** Where tables without a schema of their own lie; absent where there are no schemas. */
  readonly defaultSchema?: string;
  connect(): Promise<Session>;
  /** As `connect`, but makes nothing: undefined where there is no database yet. */
  connectIfThere(): Promise<Session | undefined>;
}

/** `path` is the job file's. @throws ConfigurationError `job.ssl-mode` */
export function destinationOf(connection: DestinationConnection, path: string): Destination {
  switch (connection.type) {
    case 'sqlite': {
      const { database } = connection;
      const connect = () => sqlite.connect({ database });
      const connectIfThere = async () =>
        existsSync(database) ? sqlite.connect({ database, looksOnly: true }) : undefined;
      const place = realPathOf(database);
      return { ...dialectOf(sqlite), label: database, place, key: place, connect, connectIfThere };
    }
    case 'postgres': {
      const settings = postgresSettings(connection, path);
      const defaultSchema = settings.schema ?? DEFAULT_SCHEMA;
      const connect = () => postgres.connect(settings);
      const names = namesOf(connection, settings);
      return { ...dialectOf(postgres), ...names, defaultSchema, connect, connectIfThere: connect };
    }
    case 'mysql': {
      const settings = mysqlSettings(connection, path);
      const defaultSchema = connection.database;
      const connect = () => mysql.connect(settings);
      const names = namesOf(connection, settings);
      return { ...dialectOf(mysql), ...names, defaultSchema, connect, connectIfThere: connect };
    }
  }
}

function dialectOf({ facts, render }: Pick<Destination, 'facts' | 'render'>): Pick<Destination, 'facts' | 'render'> {
  return { facts, render };
}

function namesOf({ type, host, port, database }: ServerConnection, settings: object) {
  const label = `${host}:${port}/${database}`;
  return { label, place: `${type}://${host.toLowerCase()}:${port}/${database}`, key: JSON.stringify([type, settings]) };
}

/** However it is written; the file itself need not be there yet. */
function realPathOf(database: string): string {
  if (database === ':memory:') return database;
  const path = resolve(database);
  if (existsSync(path)) return realpathSync(path);
  return existsSync(dirname(path)) ? join(realpathSync(dirname(path)), basename(path)) : path;
}
