import type { TableName } from '../../load/table.ts';

export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A schema is a database here. */
export function quoteTable({ schema, name }: TableName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

export function list(columns: readonly string[]): string {
  return columns.map(quote).join(', ');
}

/** A column of a table that has an alias. */
export function of(alias: string, column: string): string {
  return `${alias}.${quote(column)}`;
}
