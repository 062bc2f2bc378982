import type { ColumnType } from '../../load/column-type.ts';

/** Tells a column of JSON from one of text. */
export const JSON_COMMENT = 'JSON';

/**
 * The declared types of our columns. JSON is kept as text: MySQL's own type sorts keys and rounds long numbers, and the
 * check that MariaDB adds to its own refuses deeply nested values.
 */
export const DECLARED_TYPES: Readonly<Record<ColumnType, string>> = {
  boolean: 'TINYINT(1)',
  integer: 'BIGINT',
  number: 'DOUBLE',
  decimal: 'DECIMAL(65,30)',
  date: 'DATE',
  time: 'TIME(6)',
  timestamp: 'DATETIME(6)',
  text: 'LONGTEXT CHARACTER SET utf8mb4',
  json: 'LONGTEXT CHARACTER SET utf8mb4',
  binary: 'LONGBLOB',
};

const PATTERNS: readonly (readonly [RegExp, ColumnType])[] = [
  [/^tinyint\(1\)$/, 'boolean'],
  [/^(?:tiny|small|medium|big)?int\b/, 'integer'],
  [/^double\b/, 'number'],
  [/^decimal\(65,30\)$/, 'decimal'],
  [/^date$/, 'date'],
  [/^datetime(?:\([0-5]\))?$/, 'date'],
  [/^(?:datetime|timestamp)\(6\)$/, 'timestamp'],
  [/^time\(6\)$/, 'time'],
  [/^(?:varchar\(\d+\)|(?:tiny|medium|long)?text)$/, 'text'],
  [/^(?:tiny|medium|long)?blob$/, 'binary'],
];

/**
 * What a column declared so can take without a change of any value; `undefined` if that is nothing. DATETIME without
 * microseconds rounds times in silence, but it takes dates: a stream that has more widens it.
 */
export function typeOfDeclared(declared: string, comment: string): ColumnType | undefined {
  const type = PATTERNS.find(([pattern]) => pattern.test(declared.toLowerCase()))?.[1];
  return type === 'text' && comment === JSON_COMMENT ? 'json' : type;
}
