import type { ConnectionOptions } from 'node:tls';
import { EnvironmentError } from '../../runtime/errors.ts';
import { registerSecret } from '../../runtime/secrets.ts';
import { TOO_OLD } from './advice.ts';
import { PLAIN_TEXT, PostgresConnection } from './connection.ts';
import type { Driver } from './driver.ts';
import { PREPARE_SESSION } from './session-texts.ts';
import { DEFAULT_HOST, DEFAULT_PORT, type PostgresSettings } from './settings.ts';
import { sqlStateOf } from './sql-state.ts';
import { tlsAttempts } from './tls.ts';

const OLDEST_VERSION = 130_000;

export async function openConnection(driver: Driver, settings: PostgresSettings): Promise<PostgresConnection> {
  registerSecret(settings.password);
  const attempts = tlsAttempts(settings.host ?? DEFAULT_HOST, settings.tls);
  for (const [place, ssl] of attempts.entries()) {
    try {
      return await open(driver, settings, ssl);
    } catch (error) {
      if (place === attempts.length - 1 || !dependsOnTls(error)) throw error;
    }
  }
  throw new Error('There is always something to try.');
}

async function open(
  { Client, copyFrom }: Driver,
  settings: PostgresSettings,
  ssl: false | ConnectionOptions,
): Promise<PostgresConnection> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, user, password, database, connectSeconds = 30 } = settings;
  const client = new Client({
    ...(settings.via ?? { host, port }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ssl,
    types: PLAIN_TEXT,
    application_name: 'backlog-sync',
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
  });
  const connection = new PostgresConnection(client, copyFrom);
  try {
    await client.connect();
    await connection.lookForPooler();
    if (!connection.pooled) await connection.run(PREPARE_SESSION);
    await requireVersion(connection);
    return connection;
  } catch (error) {
    connection.abandon();
    throw error;
  }
}

/** Programs that only speak its protocol, such as Redshift, tell old versions too. */
async function requireVersion(connection: PostgresConnection): Promise<void> {
  const [[version] = []] = (await connection.query('SHOW server_version_num')).rows;
  if (Number(version) < OLDEST_VERSION) throw new EnvironmentError(TOO_OLD);
}

/** Whether the other kind of connection may succeed: the server has no TLS, or its rules ask for it. */
function dependsOnTls(error: unknown): boolean {
  if (sqlStateOf(error) === '28000') return true;
  return error instanceof Error && error.message.includes('does not support SSL');
}
