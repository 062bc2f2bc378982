import type { Database, Statement } from 'better-sqlite3';
import type { Row } from '../../message/value.ts';
import type { Program } from '../select/program.ts';
import type { RowEvaluator } from '../select/selection.ts';
import type { SourceColumn, SourceTable } from '../select/source-table.ts';
import { type Cell, encodeCell } from '../sqlite/cell.ts';
import { quoteName } from '../sqlite/sql-text.ts';

/** Puts one row after the other into an otherwise empty table and looks at what a row-wise SELECT makes of it. */
export class SqliteRowEvaluator implements RowEvaluator {
  private readonly database: Database;
  private readonly columns: readonly SourceColumn[];
  private readonly insert: Statement<Cell[]>;
  private readonly select: Statement<[], Cell[]>;

  /** Takes over the database, in which the table exists and is empty. */
  constructor(database: Database, sql: string, table: SourceTable, program: Program) {
    this.database = database;
    this.columns = columnsRead(table, program);
    const names = ['rowid', ...this.columns.map(({ name }) => quoteName(name))];
    const values = ['1', ...this.columns.map(() => '?')];
    this.insert = database.prepare(
      `INSERT OR REPLACE INTO ${quoteName(table.name)} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    );
    this.select = database.prepare<[], Cell[]>(sql).raw(true);
  }

  evaluate(row: Row): readonly Cell[] | undefined {
    this.insert.run(...this.columns.map(({ property, kind }) => encodeCell(row[property], kind)));
    return this.select.get();
  }

  close(): void {
    this.database.close();
  }
}

/** The columns that the program looks at: the others need not be put into the table. */
function columnsRead(table: SourceTable, { operations, tables }: Program): readonly SourceColumn[] {
  const indexes = new Set(
    operations.filter(({ opcode, p1 }) => opcode === 'Column' && tables.has(p1)).map(({ p2 }) => p2),
  );
  return table.columns.filter((_, index) => indexes.has(index));
}
