import type { PostgresSettings } from '../../dialects/postgres/settings.ts';
import type { ServerConnection } from '../../replicate/job/server-connection.ts';
import { sslModeOf } from './ssl-mode.ts';

/** @throws ConfigurationError `job.ssl-mode` */
export function postgresSettings(connection: ServerConnection, path: string): PostgresSettings {
  const { host, port, database, user, password, schema, sslCa, sslCertificate, sslKey } = connection;
  const mode = sslModeOf(connection.sslMode, sslCa, path) ?? 'prefer';
  return {
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(schema === undefined ? {} : { schema }),
    tls: {
      mode,
      ...(sslCa === undefined ? {} : { authority: sslCa }),
      ...(sslCertificate === undefined ? {} : { certificate: sslCertificate }),
      ...(sslKey === undefined ? {} : { key: sslKey }),
    },
  };
}
