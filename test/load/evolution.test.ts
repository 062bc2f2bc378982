import { describe, expect, test } from 'vitest';
import { sqlite } from '../../src/dialects/sqlite/sqlite.ts';
import { compare, keyIndexName } from '../../src/load/evolution.ts';
import type { ActualTable, WantedTable } from '../../src/load/table.ts';

const NAME = { name: 'people' };
const WANTED: WantedTable = {
  name: NAME,
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  key: ['id'],
};

function actual(columns: ActualTable['columns'], uniqueIndexes: ActualTable['uniqueIndexes'] = []): ActualTable {
  return { columns, uniqueIndexes };
}

const ID = { name: 'id', type: 'integer', declared: 'INTEGER' } as const;
const TEXT = { name: 'name', type: 'text', declared: 'TEXT' } as const;
const KEY = { name: keyIndexName(NAME, ['id']), columns: ['id'] };

describe('a plan', () => {
  test('makes a table that is not there, with its key', () => {
    const { plan } = compare(undefined, WANTED);
    expect(sqlite.render(plan)).toEqual([
      'CREATE TABLE "people" ("id" INTEGER, "name" TEXT)',
      `CREATE UNIQUE INDEX "${KEY.name}" ON "people" ("id")`,
    ]);
  });

  test('is empty for a table that fits', () => {
    expect(compare(actual([ID, TEXT], [KEY]), WANTED).plan.changes).toEqual([]);
  });

  test('adds what is missing and leaves what is not asked for', () => {
    const extra = { name: 'note', type: 'text', declared: 'TEXT' } as const;
    const { plan } = compare(actual([ID, extra], [KEY]), WANTED);
    expect(plan.changes).toEqual([{ kind: 'add', column: { name: 'name', type: 'text' } }]);
  });

  test('widens and never narrows', () => {
    const columns = [
      { name: 'id', type: 'text', declared: 'TEXT' },
      { name: 'name', type: 'integer', declared: 'INTEGER' },
    ] as const;
    const comparison = compare(actual(columns, [KEY]), WANTED);
    expect(comparison.plan.changes).toEqual([{ kind: 'widen', column: 'name', from: 'integer', to: 'text' }]);
    expect(comparison.columns).toEqual([
      { name: 'id', type: 'text' },
      { name: 'name', type: 'text' },
    ]);
  });

  test('replaces our own index of a former key and leaves those of others', () => {
    const others = { name: 'people_by_name', columns: ['name'] };
    const { plan } = compare(actual([ID, TEXT], [KEY, others]), { ...WANTED, key: ['id', 'name'] });
    expect(plan.changes).toEqual([
      { kind: 'dropKey', index: KEY.name },
      { kind: 'addKey', index: keyIndexName(NAME, ['id', 'name']), columns: ['id', 'name'] },
    ]);
  });

  test('is content with a primary key of the same columns in another order', () => {
    const primary = { name: undefined, columns: ['name', 'id'] };
    expect(compare(actual([ID, TEXT], [primary]), { ...WANTED, key: ['id', 'name'] }).plan.changes).toEqual([]);
  });

  test('says which columns cannot be written to', () => {
    const odd = { name: 'name', type: undefined, declared: 'UUID' };
    expect(compare(actual([ID, odd], [KEY]), WANTED).unfit).toEqual([
      { column: 'name', declared: 'UUID', wanted: 'text' },
    ]);
  });
});
