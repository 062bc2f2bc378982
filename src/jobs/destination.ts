import { sqlite } from '../dialects/sqlite/sqlite.ts';
import type { Facts, Session } from '../load/dialect.ts';
import type { DestinationConnection } from '../replicate/destination-connection.ts';
import { ConfigurationError } from '../runtime/errors.ts';

/** A database that a job can write to. */
export interface Destination {
  readonly facts: Facts;
  /** For people: a file's path, or host and database. Without credentials. */
  readonly label: string;
  connect(): Promise<Session>;
}

/** @throws ConfigurationError `job.destination-unsupported` for a database that jobs cannot write to yet */
export function destinationOf(connection: DestinationConnection, path: string): Destination {
  switch (connection.type) {
    case 'sqlite':
      return {
        facts: sqlite.facts,
        label: connection.database,
        connect: () => sqlite.connect({ database: connection.database }),
      };
    default:
      throw new ConfigurationError({
        code: 'job.destination-unsupported',
        text: {
          en: `Jobs cannot write to ${connection.type} yet.`,
          ja: `ジョブの出力先として ${connection.type} はまだ使えません。`,
        },
        hint: {
          en: 'Use <DatabaseType>SQLite</DatabaseType>.',
          ja: '<DatabaseType>SQLite</DatabaseType> を使ってください。',
        },
        path,
      });
  }
}
