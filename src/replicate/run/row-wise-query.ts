import type { JsonSchema } from '../../message/schema.ts';
import type { Row, Value } from '../../message/value.ts';
import type { Text } from '../../runtime/text.ts';
import type { Applied, QueryShape, RowWiseQuery } from '../query.ts';
import type { ResultColumn } from '../select/result.ts';
import type { RowEvaluator } from '../select/selection.ts';
import { type Cell, decodeComputed } from '../sqlite/cell.ts';
import { printJson } from '../sqlite/json-text.ts';
import { failedSelect } from './failed-select.ts';

/** Plain columns are taken from the rows themselves, so that their values stay what they are; SQLite only computes. */
export class RowWise implements RowWiseQuery {
  readonly rowWise = true;
  readonly streams: readonly string[];
  readonly columns: readonly ResultColumn[];
  readonly schema: JsonSchema;
  readonly keyProperties: readonly string[];
  readonly notices: readonly Text[];
  private readonly keyColumns: readonly ResultColumn[];
  private readonly place: string;
  private readonly evaluator: RowEvaluator | undefined;

  constructor(shape: QueryShape, columns: readonly ResultColumn[], place: string, evaluator: RowEvaluator | undefined) {
    this.streams = shape.streams;
    this.columns = columns;
    this.schema = shape.schema;
    this.keyProperties = shape.keyProperties;
    this.notices = shape.notices;
    this.keyColumns = columns.filter(({ name }) => shape.keyProperties.includes(name));
    this.place = place;
    this.evaluator = evaluator;
  }

  apply(rows: readonly Row[]): Applied {
    const passed: Row[] = [];
    const gone = new Map<string, Row>();
    for (const row of rows) {
      const cells = this.evaluate(row);
      const key = this.keyOf(row);
      if (cells === undefined) gone.set(printJson(key), key);
      else {
        if (gone.size > 0) gone.delete(printJson(key));
        passed.push(project(this.columns, row, cells));
      }
    }
    return { rows: passed, gone: [...gone.values()] };
  }

  keyOf(row: Row): Row {
    return project(this.keyColumns, row, NO_CELLS);
  }

  close(): void {
    this.evaluator?.close();
  }

  private evaluate(row: Row): readonly Cell[] | undefined {
    if (!this.evaluator) return NO_CELLS;
    try {
      return this.evaluator.evaluate(row);
    } catch (error) {
      throw failedSelect(error, this.place);
    }
  }
}

const NO_CELLS: readonly Cell[] = [];

/** A property that the row lacks is lacking in the result. */
function project(columns: readonly ResultColumn[], row: Row, cells: readonly Cell[]): Row {
  const result: Record<string, Value> = {};
  for (const { name, origin, index } of columns) {
    const value = origin ? row[origin.column] : decodeComputed(cells[index] ?? null);
    if (value !== undefined) result[name] = value;
  }
  return result;
}
