import type { MysqlSettings, TlsMode } from '../../dialects/mysql/settings.ts';
import type { ServerConnection } from '../../replicate/job/server-connection.ts';
import { type SslMode, sslModeOf } from './ssl-mode.ts';

/** MySQL has nothing that stands between `disabled` and `preferred`. */
const TLS_MODES: Readonly<Record<SslMode, TlsMode>> = {
  disable: 'disabled',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'required',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-identity',
};

/** @throws ConfigurationError `job.ssl-mode` */
export function mysqlSettings(connection: ServerConnection, path: string): MysqlSettings {
  const { host, port, database, user, password, sslCa, sslCertificate, sslKey } = connection;
  const mode = sslModeOf(connection.sslMode, sslCa, path) ?? 'prefer';
  return {
    host,
    port,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    tls: {
      mode: TLS_MODES[mode],
      ...(sslCa === undefined ? {} : { ca: sslCa }),
      ...(sslCertificate === undefined ? {} : { certificate: sslCertificate }),
      ...(sslKey === undefined ? {} : { key: sslKey }),
    },
  };
}
