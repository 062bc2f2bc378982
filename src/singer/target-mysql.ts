import { z } from 'zod';
import { mysql } from '../dialects/mysql/mysql.ts';
import type { MysqlSettings, TlsMode } from '../dialects/mysql/settings.ts';
import { connectServer } from './connect-server.ts';
import type { Host } from './host.ts';
import { type Server, type ServerKind, serverOf } from './server.ts';
import { type SslMode, serverSettingsShape } from './server-settings.ts';
import type { Place } from './ssh/tunnel-settings.ts';
import { runTarget, type Target } from './target-main.ts';
import { loadSettingsOf, loadSettingsShape, TARGET_CAPABILITIES } from './target-settings.ts';

const schema = z.object({ ...serverSettingsShape, ...loadSettingsShape });

const KIND: ServerKind = {
  environmentPrefix: 'TARGET_MYSQL',
  port: 3306,
  schemes: ['mysql', 'mariadb'],
  urlOptions: {
    unix_socket: 'host',
    ssl_mode: 'ssl_mode',
    ssl_ca: 'ssl_certificate_authority',
    ssl_cert: 'ssl_client_certificate',
    ssl_key: 'ssl_client_private_key',
  },
};

export const targetMysql: Target<typeof schema> = {
  kind: 'target',
  name: 'target-mysql',
  description: {
    en: 'Singer target for MySQL and MariaDB: loads any Singer stream into tables.',
    ja: 'Singer のストリームを MySQL または MariaDB のテーブルに書き込むターゲット。',
  },
  environmentPrefix: KIND.environmentPrefix,
  capabilities: TARGET_CAPABILITIES,
  schema,
  dialect: mysql,
  connect: (config, { log }) => connectServer(mysql, serverOf(config, KIND, log), mysqlSettingsOf, log),
  loadSettingsOf: (config) => loadSettingsOf(config, config.default_target_schema),
};

const MODES: Readonly<Record<SslMode, TlsMode>> = {
  disable: 'disabled',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'required',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-identity',
};

function mysqlSettingsOf({ host, port, user, password, database, tls }: Server, via: Place | undefined): MysqlSettings {
  return {
    ...(host.startsWith('/') ? { socketPath: host } : { host, port }),
    user,
    ...(password === undefined ? {} : { password }),
    database,
    ...(tls === undefined ? {} : { tls: tlsOf(tls) }),
    ...(via === undefined ? {} : { via }),
  };
}

function tlsOf({ mode, authority, ...client }: NonNullable<Server['tls']>): MysqlSettings['tls'] & object {
  return { mode: MODES[mode], ...(authority === undefined ? {} : { ca: authority }), ...client };
}

/** The whole of `target-mysql`, to its exit code. */
export function targetMysqlMain(host: Host): Promise<number> {
  return runTarget(targetMysql, host);
}
