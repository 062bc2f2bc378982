import type { TableName } from '../../load/table.ts';
import type { MysqlConnection } from './connection.ts';
import { quoteTable } from './names.ts';

/**
 * Undoes what the server itself does not: tables that were made for rows which never came. Under a lock, as another
 * program may be about to commit rows there. Without the right to lock, an empty table stays.
 */
export async function dropEmpty(connection: MysqlConnection, tables: readonly TableName[]): Promise<void> {
  for (const table of tables) {
    const name = quoteTable(table);
    await connection.run(`LOCK TABLES ${name} WRITE`);
    const rows = await connection.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (rows.length === 0) await connection.run(`DROP TABLE ${name}`);
    await connection.run('UNLOCK TABLES');
  }
}
