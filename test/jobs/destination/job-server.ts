import { createConnection, type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import { hasMariadb, hasMysql, startMariadb, startMysql } from '../../servers/mysql-server.ts';
import { hasPostgres, startPostgres } from '../../servers/postgres-server.ts';
import { mayRun } from '../../servers/required.ts';
import type { TestServer } from '../../servers/server-process.ts';

/** A real server as the destination of jobs, and a way to look at it that is none of ours. */
export interface JobServer {
  readonly server: TestServer;
  /** As `<DatabaseType>` names it. */
  readonly type: string;
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  quote(name: string): string;
  /** Makes a place for tables: a schema, or where a schema is a database, one of these. */
  createPlace(name: string): Promise<void>;
  dropPlace(name: string): Promise<void>;
  /** What the connection string says of a place; without one, of the server's first. */
  propertiesOf(place: string | undefined): Readonly<Record<string, string>>;
  /** A user with this password who may do nothing but sign in and use the server's database. */
  createUser(name: string, password: string): Promise<void>;
  close(): Promise<void>;
}

export interface TestedServer {
  readonly name: string;
  readonly present: boolean;
  start(): Promise<JobServer>;
}

export const POSTGRES: TestedServer = {
  name: 'PostgreSQL',
  present: mayRun('PostgreSQL', hasPostgres()),
  start: startPostgresJobs,
};

export const MARIADB: TestedServer = {
  name: 'MariaDB',
  present: mayRun('MariaDB', hasMariadb()),
  start: () => startMysqlJobs(startMariadb),
};

export const MYSQL: TestedServer = {
  name: 'MySQL',
  present: mayRun('MySQL', hasMysql()),
  start: () => startMysqlJobs(startMysql),
};

async function startPostgresJobs(): Promise<JobServer> {
  const server = await startPostgres();
  const { host, port, user, database } = server;
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  const query = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  return {
    server,
    type: 'PostgreSQL',
    query,
    quote: (name) => `"${name}"`,
    async createPlace(name) {
      await query(`CREATE SCHEMA "${name}"`);
    },
    async dropPlace(name) {
      await query(`DROP SCHEMA IF EXISTS "${name}" CASCADE`);
    },
    propertiesOf: (place) => ({ Database: database, ...(place === undefined ? {} : { 'Search Path': place }) }),
    async createUser(name, password) {
      await query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
      await query(`GRANT CREATE ON SCHEMA public TO ${name}`);
      const [file] = await query('SHOW hba_file');
      const rules = [`('host all ${name} 127.0.0.1/32 scram-sha-256')`, "('host all all 127.0.0.1/32 trust')"];
      await query(`COPY (VALUES ${rules.join(', ')}) TO '${file?.hba_file}'`);
      await query('SELECT pg_reload_conf()');
    },
    async close() {
      await client.end();
      await server.close();
    },
  };
}

async function startMysqlJobs(start: () => Promise<TestServer>): Promise<JobServer> {
  const server = await start();
  const { host, port, user, database } = server;
  const client = await createConnection({ host, port, user, database, charset: 'utf8mb4', dateStrings: true });
  const query = async (sql: string) => {
    const [rows] = await client.query<RowDataPacket[]>(sql);
    return rows;
  };
  return {
    server,
    type: 'MySQL',
    query,
    quote: (name) => `\`${name}\``,
    async createPlace(name) {
      await query(`CREATE DATABASE \`${name}\``);
    },
    async dropPlace(name) {
      await query(`DROP DATABASE IF EXISTS \`${name}\``);
    },
    propertiesOf: (place = database) => ({ Database: place }),
    async createUser(name, password) {
      await query(`CREATE USER ${name} IDENTIFIED BY '${password}'`);
      await query(`GRANT ALL ON ${database}.* TO ${name}`);
    },
    async close() {
      await client.end();
      await server.close();
    },
  };
}
