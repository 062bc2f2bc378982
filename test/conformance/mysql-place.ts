import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { mysql } from '../../src/dialects/mysql/mysql.ts';
import type { MysqlSettings } from '../../src/dialects/mysql/settings.ts';
import type { TestServer } from '../servers/server-process.ts';
import type { Place, RunningDatabase, StoredCell } from './database.ts';

const AS_TEXT = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true } as const;

/** A MySQL or MariaDB server on which each place is a database of its own. */
export async function runMysql(start: () => Promise<TestServer>): Promise<RunningDatabase> {
  const server = await start();
  const { host, port, user } = server;
  const connect = () => createConnection({ ...AS_TEXT, host, port, user, charset: 'utf8mb4' });
  let reader = await connect();
  let places = 0;
  return {
    async open(reconnectSeconds) {
      places += 1;
      const database = `place_${places}`;
      await reader.query(`CREATE DATABASE ${database}`);
      const patience = reconnectSeconds === undefined ? {} : { reconnectSeconds };
      return openPlace(() => reader, { host, port, user, database, ...patience });
    },
    server: {
      async disconnect() {
        const [rows] = await reader.query<RowDataPacket[]>(
          "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB LIKE 'place%' AND ID <> CONNECTION_ID()",
        );
        for (const { id } of rows) await reader.query(`KILL ${id}`);
      },
      async crash() {
        reader.destroy();
        await server.crash?.();
        reader = await connect();
      },
    },
    async close() {
      await reader.end();
      await server.close();
    },
  };
}

async function openPlace(reader: () => Connection, settings: MysqlSettings): Promise<Place> {
  const session = await mysql.connect(settings);
  const { database } = settings;
  return {
    session,
    schema: undefined,
    program: { name: 'target-mysql', environment: programEnvironment(settings) },
    async stored(table) {
      const sql = `SELECT * FROM ${database}.\`${table.replaceAll('`', '``')}\``;
      const [rows] = await reader().query<RowDataPacket[]>(sql);
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, asCell(cell)])));
    },
    async tables() {
      const [rows] = await reader().query<RowDataPacket[][]>({
        sql: `SHOW TABLES FROM ${database}`,
        rowsAsArray: true,
      });
      return rows.map(([name]) => String(name));
    },
    async execute(sql) {
      await reader().query(`USE ${database}`);
      await reader().query(sql);
    },
    async close() {
      await session[Symbol.asyncDispose]();
    },
  };
}

function asCell(cell: unknown): StoredCell {
  return cell === null || cell instanceof Uint8Array ? cell : String(cell);
}

function programEnvironment({ host, port, user, database }: MysqlSettings): Record<string, string> {
  return {
    TARGET_MYSQL_HOST: `${host}`,
    TARGET_MYSQL_PORT: `${port}`,
    TARGET_MYSQL_USER: `${user}`,
    TARGET_MYSQL_DATABASE: `${database}`,
    TARGET_MYSQL_BATCH_SIZE_ROWS: '2000',
  };
}
