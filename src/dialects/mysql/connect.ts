import { connect } from 'node:net';
import type { ConnectionOptions, Connection as DriverConnection, RowDataPacket } from 'mysql2/promise';
import { registerSecret } from '../../runtime/secrets.ts';
import { connectError } from './connect-errors.ts';
import { MysqlConnection, type ServerFacts } from './connection.ts';
import { loadDriver } from './driver.ts';
import { addressOf, type MysqlSettings } from './settings.ts';
import { tlsModeOf, tlsOptions } from './tls.ts';
import { requireVersion } from './version.ts';

/**
 * Strict, so that nothing is cut or replaced in silence (invariant 7); an id of 0 is one, and `\` is an escape whatever
 * the server's own mode says.
 */
const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
  'NO_AUTO_VALUE_ON_ZERO',
];

/** How long to wait for a table that another program holds, as the server does for a row. */
const LOCK_SECONDS = 50;

/** Opens a connection that is ready for work. @throws EnvironmentError, ConfigurationError; see `connectError` */
export async function openConnection(settings: MysqlSettings): Promise<MysqlConnection> {
  registerSecret(settings.password);
  const driver = await openDriver(settings);
  try {
    const facts = await factsOf(driver, settings);
    await driver.query(
      `SET SESSION sql_mode = '${SQL_MODE.join(',')}', time_zone = '+00:00', lock_wait_timeout = ${LOCK_SECONDS}`,
    );
    await driver.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    return new MysqlConnection(driver, facts);
  } catch (error) {
    driver.destroy();
    throw connectError(error, settings);
  }
}

async function openDriver(settings: MysqlSettings): Promise<DriverConnection> {
  const { createConnection } = await loadDriver();
  const mode = tlsModeOf(settings);
  const plain = optionsOf(settings);
  try {
    if (mode === 'disabled') return await createConnection(plain);
    return await createConnection({ ...plain, ssl: tlsOptions(mode, settings.host ?? 'localhost', settings.tls) });
  } catch (error) {
    if (mode !== 'preferred' || !isWithoutTls(error)) throw connectError(error, settings);
  }
  return createConnection(plain).catch((error: unknown) => {
    throw connectError(error, settings);
  });
}

function isWithoutTls(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'HANDSHAKE_NO_SSL_SUPPORT';
}

/** Integers of 64 bits and decimals arrive digit for digit, dates as text. */
function optionsOf(settings: MysqlSettings): ConnectionOptions {
  const { host = 'localhost', port = 3306, via, socketPath, user, password, database, connectSeconds = 10 } = settings;
  return {
    ...(socketPath === undefined ? { host, port } : { socketPath }),
    ...(via === undefined ? {} : { stream: () => connect(via.port, via.host) }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    database,
    connectTimeout: connectSeconds * 1000,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  };
}

async function factsOf(driver: DriverConnection, settings: MysqlSettings): Promise<ServerFacts> {
  const [rows] = await driver.query<RowDataPacket[][]>({
    sql: `SHOW GLOBAL VARIABLES WHERE ${NEEDED}`,
    rowsAsArray: true,
  });
  const variables = new Map(rows.map(([name, value]) => [String(name), String(value)]));
  requireVersion(variables.get('version') ?? '', addressOf(settings));
  const collations = "'utf8mb4_nopad_bin', 'utf8mb4_0900_bin'";
  const [found] = await driver.query<RowDataPacket[][]>({
    sql: `SELECT COLLATION_NAME FROM information_schema.COLLATIONS WHERE COLLATION_NAME IN (${collations})`,
    rowsAsArray: true,
  });
  const isOn = (name: string) => variables.get(name) === 'ON';
  return {
    exactCollation: String(found[0]?.[0] ?? 'utf8mb4_bin'),
    longestStatement: Number(variables.get('max_allowed_packet')) - PACKET_HEAD,
    allowsLoadData: settings.bulk !== 'insert' && isOn('local_infile'),
    needsPrimaryKey: isOn('sql_require_primary_key') || isOn('innodb_force_primary_key'),
  };
}

/** Each server has only some of them. */
const NEEDED =
  "Variable_name IN ('version', 'max_allowed_packet', 'local_infile', 'sql_require_primary_key', 'innodb_force_primary_key')";

/** What a packet holds beside the statement. */
const PACKET_HEAD = 64;
