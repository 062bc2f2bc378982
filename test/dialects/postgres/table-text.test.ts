import { expect, test } from 'vitest';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';

const TABLE = { schema: 'back"log', name: '課題' };

test('a new table comes with its schema and the index of its key', () => {
  const columns = [
    { name: 'id', type: 'integer' },
    { name: 'gone', type: 'boolean', fill: false },
  ] as const;
  const changes = [
    { kind: 'create', columns },
    { kind: 'addKey', index: 'key_1', columns: ['id'] },
  ] as const;
  expect(postgres.render({ table: TABLE, changes })).toEqual([
    'CREATE SCHEMA IF NOT EXISTS "back""log"',
    'CREATE TABLE "back""log"."課題" ("id" BIGINT, "gone" BOOLEAN DEFAULT false)',
    'CREATE UNIQUE INDEX "key_1" ON "back""log"."課題" ("id")',
  ]);
});

test('all changes of columns are one statement, so that the table is rewritten once', () => {
  const changes = [
    { kind: 'add', column: { name: 'a', type: 'json' } },
    { kind: 'widen', column: 'b', from: 'integer', to: 'decimal' },
    { kind: 'widen', column: 'c', from: 'date', to: 'timestamp' },
    { kind: 'dropKey', index: 'key_1' },
    { kind: 'addKey', index: 'key_2', columns: ['b', 'c'] },
  ] as const;
  expect(postgres.render({ table: { name: 't' }, changes })).toEqual([
    'ALTER TABLE "t" ADD COLUMN "a" JSONB, ' +
      'ALTER COLUMN "b" TYPE NUMERIC USING trim_scale("b"::text::numeric), ' +
      `ALTER COLUMN "c" TYPE TIMESTAMPTZ USING "c"::timestamp AT TIME ZONE 'UTC'`,
    'DROP INDEX "key_1"',
    'CREATE UNIQUE INDEX "key_2" ON "t" ("b", "c")',
  ]);
});
