import { expect, test } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import { keyIndexName } from '../../../src/load/evolution.ts';

const TABLE = { schema: 'prod', name: 'a`b' };

test('a new table is one statement, with its key, after the database that it names', () => {
  const columns = [
    { name: 'id', type: 'integer' },
    { name: 'code', type: 'text' },
    { name: 'bag', type: 'json' },
    { name: 'gone', type: 'boolean', fill: false },
  ] as const;
  const index = keyIndexName(TABLE, ['code', 'bag']);
  const changes = [
    { kind: 'create', columns },
    { kind: 'addKey', index, columns: ['code', 'bag'] },
  ] as const;
  const [database, text, ...others] = mysql.render({ table: TABLE, changes });
  expect([database, others]).toEqual(['CREATE DATABASE IF NOT EXISTS `prod` CHARACTER SET utf8mb4', []]);
  expect(mysql.render({ table: { name: 't' }, changes })).toHaveLength(1);
  expect(text).toMatch(/^CREATE TABLE `prod`\.`a``b` \(`id` BIGINT, /);
  expect(text).toContain('`code` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin');
  expect(text).toContain("`bag` LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin COMMENT 'JSON'");
  expect(text).toContain('`gone` TINYINT(1) DEFAULT 0');
  expect(text).toMatch(new RegExp(`UNIQUE INDEX \`${index}\` \\(\`code\`, \`key_digest_[0-9a-f]{8}\`\\)`));
});

test('what the server converts is one statement, what it does not goes by way of another column', () => {
  const widen = (from: 'integer' | 'boolean') =>
    mysql.render({ table: { name: 't' }, changes: [{ kind: 'widen', column: 'v', from, to: 'text' }] });
  expect(widen('integer')).toEqual(['ALTER TABLE `t` MODIFY COLUMN `v` LONGTEXT CHARACTER SET utf8mb4']);
  expect(widen('boolean')).toEqual([
    'ALTER TABLE `t` ADD COLUMN `widened_4c94485e` LONGTEXT CHARACTER SET utf8mb4 AFTER `v`',
    "UPDATE `t` SET `widened_4c94485e` = IF(`v`, 'true', 'false') WHERE `v` IS NOT NULL",
    'ALTER TABLE `t` DROP COLUMN `v`, CHANGE COLUMN `widened_4c94485e` `v` LONGTEXT CHARACTER SET utf8mb4',
  ]);
});

test('new columns are added by one statement, after an old key is dropped and before a new one', () => {
  const texts = mysql.render({
    table: { name: 't' },
    changes: [
      { kind: 'add', column: { name: 'a', type: 'text' } },
      { kind: 'add', column: { name: 'b', type: 'timestamp' } },
      { kind: 'dropKey', index: 'key_1' },
      { kind: 'addKey', index: 'key_2', columns: ['a', 'b'] },
    ],
  });
  expect(texts).toEqual([
    'ALTER TABLE `t` DROP INDEX `key_1`',
    'ALTER TABLE `t` ADD COLUMN `a` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin, ADD COLUMN `b` DATETIME(6)',
    'ALTER TABLE `t` ADD UNIQUE INDEX `key_2` (`a`, `b`)',
  ]);
});
