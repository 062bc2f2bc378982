import { expect, test } from 'vitest';
import { connectError } from '../../../src/dialects/mysql/connect-errors.ts';
import { mysqlError } from '../../../src/dialects/mysql/mysql-errors.ts';
import { EnvironmentError } from '../../../src/runtime/errors.ts';

test.each([
  [1213, 'mysql.deadlock', 'retryable'],
  [1205, 'mysql.locked', 'retryable'],
  [4031, 'mysql.connection-lost', 'retryable'],
  ['ECONNRESET', 'mysql.connection-lost', 'retryable'],
  [1290, 'mysql.read-only', 'environment'],
  [1114, 'mysql.disk-full', 'environment'],
  [1142, 'mysql.not-allowed', 'authentication'],
  [1153, 'mysql.statement-too-long', 'environment'],
  [1048, 'mysql.row-refused', 'data'],
  [1062, 'mysql.row-refused', 'data'],
  [1050, 'mysql.collision', 'retryable'],
])('%s while working is told as %s', (cause, code, recovery) => {
  expect(mysqlError(failure(cause), 'db:3306/x')).toMatchObject({ code, recovery, path: 'db:3306/x' });
});

test.each([
  [1040, 'mysql.too-many-connections', 'retryable'],
  [1226, 'mysql.too-many-connections', 'retryable'],
  [1130, 'mysql.access-denied', 'authentication'],
  [1044, 'mysql.not-allowed', 'authentication'],
  [3159, 'mysql.tls-required', 'environment'],
  ['EAI_AGAIN', 'mysql.host-unknown', 'environment'],
  ['EHOSTUNREACH', 'mysql.unreachable', 'environment'],
  ['SOMETHING_ELSE', 'mysql.no-connection', 'environment'],
])('%s while connecting is told as %s', (cause, code, recovery) => {
  expect(connectError(failure(cause), { database: 'x' })).toMatchObject({ code, recovery, path: 'localhost:3306/x' });
});

test('errors that are ours already, or that nobody foresaw, pass through', () => {
  const ours = new EnvironmentError({ code: 'x', text: { en: 'x', ja: 'x' } });
  const odd = failure(1064);
  expect(mysqlError(ours, 'a')).toBe(ours);
  expect(mysqlError(odd, 'a')).toBe(odd);
});

function failure(cause: string | number): Error {
  return Object.assign(new Error('it failed'), typeof cause === 'number' ? { errno: cause } : { code: cause });
}
