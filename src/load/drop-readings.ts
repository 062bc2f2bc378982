import type { Facts, Transaction } from './dialect.ts';
import type { Layout } from './layout.ts';
import { allColumns, bookTable, formerKeysOf, keyText, readingTable, versionOf } from './reading-tables.ts';
import { CellRows } from './rows/cell-rows.ts';
import { displayName, type TableName } from './table.ts';

/**
 * Drops the tables that held readings' keys or rows, unless the reading goes on; one that was read by parts does not.
 * Of another key than the present one they are of no use in any case.
 */
export async function dropReadings(transaction: Transaction, layouts: readonly Layout[], facts: Facts): Promise<void> {
  const endings: ReadingEnd[] = [];
  for (const { table, key } of layouts) {
    const end = await endOfReading(transaction, table, key);
    if (end !== undefined) endings.push(end);
  }
  for (const { table, keys } of endings) {
    for (const key of keys) await dropIfThere(transaction, readingTable(table, key, facts));
  }
  for (const { table, reading, noted } of endings) {
    if (noted) continue;
    const row = [displayName(table), reading ?? null, '[]'];
    await transaction.upsert(allColumns(bookTable(table), ENDED, ['table_name']), new CellRows([row]));
  }
}

interface ReadingEnd {
  readonly table: TableName;
  /** Of the tables that are needed no more. */
  readonly keys: readonly string[];
  /** The version that is still being read. */
  readonly reading: number | undefined;
  /** Whether the book says so already. */
  readonly noted: boolean;
}

const ENDED = ['table_name', 'reading_version', 'former_keys'];

async function endOfReading(
  transaction: Transaction,
  table: TableName,
  key: readonly string[],
): Promise<ReadingEnd | undefined> {
  const rows = await transaction.read(bookTable(table), [...ENDED, 'parted_version']);
  const row = rows?.find(({ table_name }) => table_name === displayName(table));
  if (row === undefined) return undefined;
  const version = versionOf(row.reading_version);
  const former = [...formerKeysOf(row)];
  if (version !== undefined && version !== versionOf(row.parted_version)) {
    return { table, keys: former, reading: version, noted: former.length === 0 };
  }
  const noted = version === undefined && former.length === 0;
  return { table, keys: [...former, keyText(key)], reading: undefined, noted };
}

async function dropIfThere(transaction: Transaction, table: TableName): Promise<void> {
  if ((await transaction.describe(table)) === undefined) return;
  await transaction.apply({ table, changes: [{ kind: 'drop' }] });
}
