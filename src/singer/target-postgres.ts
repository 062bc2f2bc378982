import { z } from 'zod';
import { postgres } from '../dialects/postgres/postgres.ts';
import type { PostgresSettings } from '../dialects/postgres/settings.ts';
import { connectServer } from './connect-server.ts';
import type { Host } from './host.ts';
import { type Server, type ServerKind, serverOf } from './server.ts';
import { serverSettingsShape } from './server-settings.ts';
import type { Place } from './ssh/tunnel-settings.ts';
import { runTarget, type Target } from './target-main.ts';
import { loadSettingsOf, loadSettingsShape, TARGET_CAPABILITIES } from './target-settings.ts';

const schema = z.object({ ...serverSettingsShape, ...loadSettingsShape });

const KIND: ServerKind = {
  environmentPrefix: 'TARGET_POSTGRES',
  port: 5432,
  schemes: ['postgresql', 'postgres'],
  urlOptions: {
    host: 'host',
    sslmode: 'ssl_mode',
    sslrootcert: 'ssl_certificate_authority',
    sslcert: 'ssl_client_certificate',
    sslkey: 'ssl_client_private_key',
  },
};

export const targetPostgres: Target<typeof schema> = {
  kind: 'target',
  name: 'target-postgres',
  description: {
    en: 'Singer target for PostgreSQL: loads any Singer stream into tables.',
    ja: 'Singer のストリームを PostgreSQL のテーブルに書き込むターゲット。',
  },
  environmentPrefix: KIND.environmentPrefix,
  capabilities: TARGET_CAPABILITIES,
  schema,
  dialect: postgres,
  connect: (config, { log }) => connectServer(postgres, serverOf(config, KIND, log), postgresSettingsOf, log),
  loadSettingsOf: (config) => loadSettingsOf(config, config.default_target_schema),
};

function postgresSettingsOf({ tunnel: _, ...server }: Server, via: Place | undefined): PostgresSettings {
  return { ...server, ...(via === undefined ? {} : { via }) };
}

/** The whole of `target-postgres`, to its exit code. */
export function targetPostgresMain(host: Host): Promise<number> {
  return runTarget(targetPostgres, host);
}
