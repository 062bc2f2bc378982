import { displayName, type TableName } from '../../load/table.ts';
import type { MysqlConnection } from './connection.ts';
import { shapeOf } from './introspect.ts';
import { noTable } from './mysql-errors.ts';
import type { Shape } from './shape.ts';

/** The shapes of the tables that were written to, so that each is asked for once. */
export class Shapes {
  readonly #known = new Map<string, Shape>();

  /** The shape as it is now. */
  async look(connection: MysqlConnection, table: TableName): Promise<Shape | undefined> {
    const shape = await shapeOf(connection, table);
    if (shape === undefined) this.forget(table);
    else this.#known.set(displayName(table), shape);
    return shape;
  }

  async of(connection: MysqlConnection, table: TableName): Promise<Shape> {
    const shape = this.#known.get(displayName(table)) ?? (await this.look(connection, table));
    if (shape === undefined) throw noTable(table);
    return shape;
  }

  forget(table: TableName): void {
    this.#known.delete(displayName(table));
  }

  forgetAll(): void {
    this.#known.clear();
  }
}
