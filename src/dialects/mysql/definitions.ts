import type { MysqlConnection } from './connection.ts';

/** InnoDB reckons with the longest rows that a table could have; its warning does not apply to the ones that it has. */
const ROW_TOO_LARGE = 1118;

/** Runs a statement that defines a table, which may have more columns than the server allows by default. */
export async function define(connection: MysqlConnection, sql: string): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error && error.errno === ROW_TOO_LARGE)) throw error;
    await connection.run('SET SESSION innodb_strict_mode = OFF');
    await connection.run(sql);
  }
}
