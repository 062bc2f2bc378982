import { existsSync } from 'node:fs';
import { mysql } from '../../dialects/mysql/mysql.ts';
import { postgres } from '../../dialects/postgres/postgres.ts';
import { DEFAULT_SCHEMA } from '../../dialects/postgres/settings.ts';
import { sqlite } from '../../dialects/sqlite/sqlite.ts';
import type { Dialect, Session } from '../../load/dialect.ts';
import type { DestinationConnection } from '../../replicate/destination-connection.ts';
import { mysqlSettings } from './mysql-settings.ts';
import { postgresSettings } from './postgres-settings.ts';

/** A database that a job can write to. */
export interface Destination extends Pick<Dialect<never>, 'facts' | 'render'> {
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
      const connectIfThere = async () => (existsSync(database) ? connect() : undefined);
      return { ...dialectOf(sqlite), label: database, connect, connectIfThere };
    }
    case 'postgres': {
      const settings = postgresSettings(connection, path);
      const defaultSchema = settings.schema ?? DEFAULT_SCHEMA;
      const connect = () => postgres.connect(settings);
      return { ...dialectOf(postgres), label: labelOf(connection), defaultSchema, connect, connectIfThere: connect };
    }
    case 'mysql': {
      const settings = mysqlSettings(connection, path);
      const defaultSchema = connection.database;
      const connect = () => mysql.connect(settings);
      return { ...dialectOf(mysql), label: labelOf(connection), defaultSchema, connect, connectIfThere: connect };
    }
  }
}

function dialectOf({ facts, render }: Pick<Destination, 'facts' | 'render'>): Pick<Destination, 'facts' | 'render'> {
  return { facts, render };
}

function labelOf({ host, port, database }: { host: string; port: number; database: string }): string {
  return `${host}:${port}/${database}`;
}
