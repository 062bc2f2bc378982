import type { TableName } from '../../load/table.ts';

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Never resolved by the search path where a schema is given, as it is within a session. */
export function quoteTable({ schema, name }: TableName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

export function list(columns: readonly string[], alias?: string): string {
  return columns.map((column) => (alias === undefined ? quote(column) : `${alias}.${quote(column)}`)).join(', ');
}
