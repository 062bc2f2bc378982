import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { hasMariadb, hasMysql, startMariadb, startMysql } from './mysql-server.ts';
import { hasPostgres, startPostgres } from './postgres-server.ts';
import { mayRun } from './required.ts';

const MYSQL_FAMILY = [
  { name: 'MariaDB', present: hasMariadb(), start: startMariadb, version: /MariaDB/ },
  { name: 'MySQL', present: hasMysql(), start: startMysql, version: /^[89]\.\d+/ },
];

describe('database servers for tests', () => {
  it.runIf(mayRun('PostgreSQL', hasPostgres()))('starts PostgreSQL', async () => {
    const server = await startPostgres();
    const client = new pg.Client(server);
    await client.connect();
    const { rows } = await client.query('SELECT current_database() AS name');
    expect(rows).toEqual([{ name: 'test' }]);
    await client.end();
    await server.close();
  });

  for (const { name, present, start, version } of MYSQL_FAMILY) {
    it.runIf(mayRun(name, present))(`starts ${name}`, async () => {
      const server = await start();
      const connection = await mysql.createConnection({
        host: server.host,
        port: server.port,
        user: server.user,
        database: server.database,
      });
      const [rows] = await connection.query('SELECT version() AS version');
      expect((rows as { version: string }[])[0]?.version).toMatch(version);
      await connection.end();
      await server.close();
    });
  }
});
