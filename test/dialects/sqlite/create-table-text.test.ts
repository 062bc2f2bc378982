import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retyped } from '../../../src/dialects/sqlite/create-table-text.ts';

test('only the types of the named columns change', () => {
  const text = 'CREATE TABLE t (a INTEGER, "b c" VARCHAR(10, 2) NOT NULL, d, e DEFAULT (1, 2), CHECK (a > 0)) STRICT';
  const types = new Map([
    ['B C', 'TEXT'],
    ['d', 'JSON TEXT'],
    ['e', 'REAL'],
  ]);
  expect(retyped(text, 'x"y', types)).toBe(
    'CREATE TABLE "x""y" (a INTEGER, "b c" TEXT NOT NULL, d JSON TEXT , e REAL DEFAULT (1, 2), CHECK (a > 0)\n) STRICT',
  );
});

test('any names and comments survive', () => {
  const quoting = fc.constantFrom<(name: string) => string>(
    (name) => `"${name.replaceAll('"', '""')}"`,
    (name) => `\`${name.replaceAll('`', '``')}\``,
    (name) => `'${name.replaceAll("'", "''")}'`,
  );
  const name = fc.string({
    unit: fc.constantFrom('a', '課', ' ', ',', '(', ')', '"', '`', "'", '-', '/', '*', ']'),
    minLength: 1,
    maxLength: 8,
  });
  const column = fc.record({
    name,
    quoting,
    comment: fc.constantFrom('', ' -- a, (b\n', '/* "x", ( */'),
    type: fc.constantFrom('', 'INT', 'VARCHAR(5)', 'DOUBLE PRECISION'),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: (c) => c.name.toLowerCase() }),
      (columns) => {
        const database = new Database(':memory:');
        const body = columns.map((c) => `${c.comment}${c.quoting(c.name)} ${c.type}${c.comment} DEFAULT 7`).join(',');
        database.exec(`CREATE TABLE t (${body})`);
        const text = String(database.prepare("SELECT sql FROM sqlite_schema WHERE name = 't'").pluck().get());
        const changed = columns[0]?.name ?? '';
        database.exec(retyped(text, 'copy', new Map([[changed, 'JSON TEXT']])));
        const described = database.prepare("SELECT name, type, dflt_value FROM pragma_table_info('copy')").all();
        expect(described).toEqual(
          columns.map((c) => ({ name: c.name, type: c.name === changed ? 'JSON TEXT' : c.type, dflt_value: '7' })),
        );
        database.close();
      },
    ),
  );
});
