import { expect, test } from 'vitest';
import { requireVersion } from '../../../src/dialects/mysql/version.ts';

const check = (version: string) => () => requireVersion(version, 'db.example:3306/test');

test.each([
  '5.7.44-log',
  '5.6.10',
  '5.5.5-10.5.29-MariaDB-log',
  '10.5.29-MariaDB-1:10.5.29+maria~ubu2004',
  '10.3.39-mariadb',
  '5.5.68-MariaDB',
])('a server that says %s is too old', (version) => {
  expect(check(version)).toThrow(
    expect.objectContaining({ code: 'mysql.too-old', message: expect.stringContaining(version) }),
  );
});

test.each([
  '8.0.11',
  '8.0.42-0ubuntu0.22.04.1',
  '8.4.5-log',
  '9.3.0',
  '8.0.11-TiDB-v7.5.1',
  '10.6.0-MariaDB',
  '5.5.5-10.11.6-MariaDB',
  '11.8.2-MariaDB-ubu2404',
  '',
  'main',
])('a server that says "%s" is taken', (version) => {
  expect(check(version)).not.toThrow();
});
