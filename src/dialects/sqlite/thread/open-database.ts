import type Database from 'better-sqlite3';
import type { ColumnType } from '../../../load/column-type.ts';
import type { Cell, Cells } from '../../../load/dialect.ts';
import { NOTE_UPDATE } from './note-update.ts';
import type { Changes, Opening, Operations, RowStatement } from './operations.ts';
import { type SentRows, valuesOf } from './sent-rows.ts';
import { widened } from './widened.ts';

type Prepared = Database.Statement<unknown[]>;

/** The connection itself, within its thread. */
export class OpenDatabase implements Operations {
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Prepared>();
  /** How many rows upserts have changed, as against inserted: the database tells each by calling a function of ours. */
  #updated = 0;
  /** Whether a transaction was begun and not ended by us; SQLite ends one by itself at some failures. */
  #isWithin = false;

  constructor(Driver: typeof Database, { database, busyMilliseconds, setup }: Opening) {
    this.#connection = new Driver(database, { timeout: busyMilliseconds });
    try {
      this.#connection.exec(setup);
      this.#connection.function(NOTE_UPDATE, { directOnly: true }, () => {
        this.#updated += 1;
        return 1;
      });
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  begin(text: string): void {
    this.#prepare(text).run();
    this.#isWithin = true;
  }

  commit(): void {
    this.#prepare('COMMIT').run();
    this.#isWithin = false;
  }

  execute(text: string): void {
    this.#statements.clear();
    this.#connection.exec(text);
  }

  run({ one, several }: RowStatement, sent: SentRows): Changes {
    if (this.#isWithin && !this.#connection.inTransaction) throw new Error('The transaction has failed before.');
    const { values, rows, width } = valuesOf(sent);
    const parameters = (start: number, end: number) => values.slice(start * width, end * width);
    this.#updated = 0;
    let touched = 0;
    let place = 0;
    if (several !== undefined && rows >= several.rows) {
      const statement = this.#prepare(several.text);
      for (; place + several.rows <= rows; place += several.rows)
        touched += statement.run(parameters(place, place + several.rows)).changes;
    }
    if (place < rows) {
      const statement = this.#prepare(one);
      for (; place < rows; place += 1) touched += statement.run(parameters(place, place + 1)).changes;
    }
    return { touched, updated: this.#updated };
  }

  query(text: string, rows: readonly Cells[]): readonly (readonly Cells[])[] {
    const statement = this.#connection.prepare<unknown[], Cells>(text).raw().safeIntegers();
    return rows.map((cells) => statement.all(cells).map((found) => found.map(shortInteger)));
  }

  defineWidening(name: string, from: ColumnType, to: ColumnType): void {
    this.#connection.function(name, { deterministic: true, safeIntegers: true }, (cell: unknown) =>
      widened(cell as Cell, from, to),
    );
  }

  rollback(): void {
    this.#isWithin = false;
    this.#statements.clear();
    if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
  }

  close(): void {
    this.#connection.close();
  }

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const prepared = this.#connection.prepare<unknown[]>(text);
    this.#statements.set(text, prepared);
    return prepared;
  }
}

/** Integers as the loader writes them: big only where they must be. */
function shortInteger(cell: Cell): Cell {
  return typeof cell === 'bigint' && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
}
