import type { Change, Plan } from '../../load/evolution.ts';
import type { Column, TableName } from '../../load/table.ts';
import { quote, quoteTable } from './names.ts';
import { DECLARED_TYPES } from './types.ts';
import { widened } from './widening.ts';

/** The statements of a plan, with the schema that a new table may need. */
export function render(plan: Plan): readonly string[] {
  const { schema } = plan.table;
  const creates = schema !== undefined && plan.changes.some(({ kind }) => kind === 'create');
  return [...(creates ? [schemaText(schema)] : []), ...statements(plan).map(({ text }) => text)];
}

export interface Statement {
  readonly text: string;
  readonly change: Change;
}

/** Columns that are added or widened one after the other share a statement: the table is rewritten once. */
export function statements({ table, changes }: Plan): readonly Statement[] {
  const found: Statement[] = [];
  for (const change of changes) {
    const text = changeText(table, change);
    const last = found.at(-1);
    if (last !== undefined && altersColumn(change) && altersColumn(last.change)) {
      found[found.length - 1] = { text: `${last.text}, ${actionText(change)}`, change };
    } else {
      found.push({ text, change });
    }
  }
  return found;
}

export function schemaText(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${quote(schema)}`;
}

/** With `hashed`, for texts that are too long for an index: their MD5 stands there in their place. */
export function keyText(
  table: TableName,
  index: string,
  columns: readonly string[],
  hashed: ReadonlySet<string> = new Set(),
): string {
  const parts = columns.map((column) => (hashed.has(column) ? `md5(${quote(column)})` : quote(column)));
  return `CREATE UNIQUE INDEX ${quote(index)} ON ${quoteTable(table)} (${parts.join(', ')})`;
}

export function dropKeyText({ schema }: TableName, index: string): string {
  return `DROP INDEX ${quoteTable(schema === undefined ? { name: index } : { schema, name: index })}`;
}

type ColumnChange = Change & { readonly kind: 'add' | 'widen' };

function altersColumn(change: Change): change is ColumnChange {
  return change.kind === 'add' || change.kind === 'widen';
}

function changeText(table: TableName, change: Change): string {
  switch (change.kind) {
    case 'create':
      return `CREATE TABLE ${quoteTable(table)} (${change.columns.map(definition).join(', ')})`;
    case 'dropKey':
      return dropKeyText(table, change.index);
    case 'addKey':
      return keyText(table, change.index, change.columns);
    case 'drop':
      return `DROP TABLE ${quoteTable(table)}`;
    default:
      return `ALTER TABLE ${quoteTable(table)} ${actionText(change)}`;
  }
}

function actionText(change: ColumnChange): string {
  if (change.kind === 'add') return `ADD COLUMN ${definition(change.column)}`;
  const column = quote(change.column);
  const using = widened(column, change.from, change.to);
  return `ALTER COLUMN ${column} TYPE ${DECLARED_TYPES[change.to]} USING ${using}`;
}

function definition({ name, type, fill }: Column): string {
  return `${quote(name)} ${DECLARED_TYPES[type]}${fill === false ? ' DEFAULT false' : ''}`;
}
