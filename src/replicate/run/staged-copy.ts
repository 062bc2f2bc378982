import type { Database, Statement } from 'better-sqlite3';
import type { Row, Value } from '../../message/value.ts';
import { FatalError } from '../../runtime/errors.ts';
import type { StagedCopy } from '../query.ts';
import type { ResultColumn } from '../select/result.ts';
import type { Selection } from '../select/selection.ts';
import type { SourceColumn, SourceTable } from '../select/source-table.ts';
import { type Cell, type CellKind, decodeCell, decodeComputed, encodeCell } from '../sqlite/cell.ts';
import { createTables } from '../sqlite/sql-engine.ts';
import { quoteName } from '../sqlite/sql-text.ts';
import { failedSelect } from './failed-select.ts';

const ROWS_IN_GROUP = 500;

/** Rows of several streams in a SQLite file that nobody else sees and that needs no protection against a crash. */
export class SqliteStagedCopy implements StagedCopy {
  private readonly database: Database;
  private readonly selection: Selection;
  private readonly columns: readonly ResultColumn[];
  private readonly place: string;
  private readonly tables: ReadonlyMap<string, StagedTable>;

  /** Takes over the database, which is empty. */
  constructor(database: Database, selection: Selection, columns: readonly ResultColumn[], place: string) {
    this.database = database;
    this.selection = selection;
    this.columns = columns;
    this.place = place;
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    createTables(database, selection.tables);
    this.tables = new Map(selection.reads.map((table) => [table.stream, new StagedTable(database, table)]));
  }

  upsert(stream: string, rows: readonly Row[]): void {
    const table = this.tableOf(stream);
    this.database.transaction(() => {
      for (const row of rows) table.upsert(row);
    })();
  }

  delete(stream: string, keys: readonly Row[]): void {
    const table = this.tableOf(stream);
    this.database.transaction(() => {
      for (const key of keys) table.delete(key);
    })();
  }

  *result(): Generator<readonly Row[], void> {
    const decoders = this.columns.map((column) => this.decoderOf(column));
    let group: Row[] = [];
    for (const cells of this.selected()) {
      group.push(Object.fromEntries(decoders.map(({ name, index, decode }) => [name, decode(cells[index] ?? null)])));
      if (group.length < ROWS_IN_GROUP) continue;
      yield group;
      group = [];
    }
    if (group.length > 0) yield group;
  }

  close(): void {
    this.database.close();
  }

  private *selected(): Generator<readonly Cell[], void> {
    try {
      yield* this.database.prepare<[], Cell[]>(this.selection.sql).raw(true).iterate();
    } catch (error) {
      throw failedSelect(error, this.place);
    }
  }

  private decoderOf({ name, index, origin }: ResultColumn): Decoder {
    const table = this.selection.reads.find(({ stream }) => stream === origin?.stream);
    const kind = table?.columns.find(({ property }) => property === origin?.column)?.kind;
    return { name, index, decode: kind === undefined ? decodeComputed : (cell) => decodeCell(cell, kind) };
  }

  private tableOf(stream: string): StagedTable {
    const table = this.tables.get(stream);
    if (table) return table;
    throw new FatalError({
      code: 'replicate.unexpected-stream',
      text: { en: `${stream} is not read by this SELECT`, ja: `この SELECT は ${stream} を読みません` },
      path: this.place,
    });
  }
}

interface Decoder {
  readonly name: string;
  readonly index: number;
  readonly decode: (cell: Cell) => Value;
}

class StagedTable {
  private readonly columns: readonly SourceColumn[];
  private readonly key: readonly SourceColumn[];
  private readonly upsertRow: Statement<Cell[]>;
  private readonly deleteRow: Statement<Cell[]> | undefined;

  constructor(database: Database, { name, columns, keyProperties }: SourceTable) {
    this.columns = columns;
    this.key = columns.filter(({ property }) => keyProperties.includes(property));
    const table = quoteName(name);
    if (this.key.length > 0) {
      database.exec(`CREATE UNIQUE INDEX ${quoteName(`key of ${name}`)} ON ${table} (${listOf(this.key)})`);
    }
    const marks = columns.map(() => '?').join(', ');
    this.upsertRow = database.prepare(`INSERT OR REPLACE INTO ${table} (${listOf(columns)}) VALUES (${marks})`);
    const condition = this.key.map((column) => `${quoteName(column.name)} IS ?`).join(' AND ');
    this.deleteRow = condition === '' ? undefined : database.prepare(`DELETE FROM ${table} WHERE ${condition}`);
  }

  upsert(row: Row): void {
    this.upsertRow.run(...cellsOf(row, this.columns));
  }

  delete(key: Row): void {
    this.deleteRow?.run(...cellsOf(key, this.key));
  }
}

function listOf(columns: readonly SourceColumn[]): string {
  return columns.map(({ name }) => quoteName(name)).join(', ');
}

function cellsOf(row: Row, columns: readonly { readonly property: string; readonly kind: CellKind }[]): Cell[] {
  return columns.map(({ property, kind }) => encodeCell(row[property], kind));
}
