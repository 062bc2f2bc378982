import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { onTestFinished } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import type { MysqlSettings } from '../../../src/dialects/mysql/settings.ts';
import type { Session } from '../../../src/load/dialect.ts';
import { hasMariadb, hasMysql, startMariadb, startMysql } from '../../servers/mysql-server.ts';
import { mayRun } from '../../servers/required.ts';
import type { TestServer } from '../../servers/server-process.ts';

export const FAMILY = [
  { name: 'MariaDB', present: mayRun('MariaDB', hasMariadb()), start: startMariadb },
  { name: 'MySQL', present: mayRun('MySQL', hasMysql()), start: startMysql },
] as const;

/** A running server with a connection of its administrator, beside the sessions under test. */
export interface Family {
  readonly server: TestServer;
  readonly admin: Connection;
  readonly settings: MysqlSettings;
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export async function openFamily(start: () => Promise<TestServer>): Promise<Family> {
  const server = await start();
  const { host, port, user, database } = server;
  const admin = await createConnection({
    ...{ host, port, user, database, charset: 'utf8mb4', multipleStatements: true },
    ...{ dateStrings: true, supportBigNumbers: true },
  });
  return {
    server,
    admin,
    settings: { host, port, user, database },
    query: async (sql) => (await admin.query<RowDataPacket[]>(sql))[0],
  };
}

export async function closeFamily({ admin, server }: Family): Promise<void> {
  await admin.end();
  await server.close();
}

/** A session that is closed when its test is over, in an empty database. */
export async function openSession(family: Family, settings: Partial<MysqlSettings> = {}): Promise<Session> {
  await family.admin.query('DROP DATABASE IF EXISTS test; CREATE DATABASE test; USE test');
  const session = await mysql.connect({ ...family.settings, ...settings });
  onTestFinished(() => session[Symbol.asyncDispose]());
  return session;
}
