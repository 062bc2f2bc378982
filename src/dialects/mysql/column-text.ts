import type { ColumnType } from '../../load/column-type.ts';
import type { Column } from '../../load/table.ts';
import { keyLength } from './key-column.ts';
import { quote } from './names.ts';
import { DECLARED_TYPES, JSON_COMMENT } from './types.ts';

/** The key that a table gets, as far as the definitions of its columns depend on it. */
export interface KeyForm {
  readonly columns: readonly string[];
  /** See `ServerFacts.exactCollation`. */
  readonly collation: string;
}

/** A new column. Text of a key is short until a longer one comes, and tells all texts apart. */
export function newColumnText({ name, type, fill }: Column, { columns, collation }: KeyForm): string {
  const inKey = type === 'text' && columns.includes(name);
  const short = `VARCHAR(${keyLength(columns.length)}) CHARACTER SET utf8mb4 COLLATE ${collation}`;
  const declared = inKey ? short : declaredText(type, collation);
  return `${quote(name)} ${declared}${fill === false ? ' DEFAULT 0' : ''}`;
}

export function declaredText(type: ColumnType, collation: string): string {
  const declared = DECLARED_TYPES[type];
  return type === 'json' ? `${declared} COLLATE ${collation} COMMENT '${JSON_COMMENT}'` : declared;
}
