import { RefusedRow } from '../../load/refused-row.ts';
import { repeatedKeys } from '../../load/repeated-keys.ts';
import { displayName, type TableName } from '../../load/table.ts';
import { AppError, AuthenticationError, EnvironmentError, RetryableError } from '../../runtime/errors.ts';
import { type Advice, COLLISION, SERVER_ADVICE } from './advice.ts';

const BY_RECOVERY = {
  environment: EnvironmentError,
  authentication: AuthenticationError,
  retryable: RetryableError,
} as const;

/** The server's numbers for a row that breaks a rule of its table. */
const ROW_REFUSALS = [
  1048, 1062, 1118, 1263, 1264, 1265, 1292, 1364, 1366, 1369, 1406, 1451, 1452, 1526, 1644, 1690, 3140, 3819, 4025, 139,
];

const REPEATED_KEY = 1062;
/** A run that made a table in vain drops it again, perhaps after another one has found it there. */
const NO_TABLE = 1146;

/** Our own error for one of the server's or driver's; errors that are ours already pass through. */
export function mysqlError(cause: unknown, address: string): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause;
  const advice = adviceFor(cause, SERVER_ADVICE);
  if (advice !== undefined) return advised(advice, cause, address);
  if (isCollision(cause)) return advised(COLLISION, cause, address);
  return refusedRow(cause, address) ?? cause;
}

export function adviceFor(cause: Error, advices: readonly Advice[]): Advice | undefined {
  const code = 'code' in cause ? String(cause.code) : '';
  return advices.find(({ causes }) => causes.includes(code) || causes.includes(numberOf(cause)));
}

export function advised({ code, recovery, text, hint }: Advice, cause: Error, address: string): AppError {
  return new BY_RECOVERY[recovery]({ code, text, hint, path: address, cause });
}

/**
 * What another program brings about that works on the same tables: a deadlock, a row with the same key, a table, column
 * or index that is there, or gone, in the meantime. It may be a run of ours that was killed: its last statement goes on.
 */
const TABLE_COLLISIONS = [1050, 1060, 1061, 1091];
const COLLISIONS = [1205, 1213, ...TABLE_COLLISIONS];

/** The unique index of a key is one of ours; MySQL puts the table's name before it. */
const OWN_KEY = / for key '(?:[^']*\.)?key_[0-9a-f]{8}'$/;

/**
 * How often a transaction that fails like this is run in all, as it may well succeed then: the server has undone its
 * rows, or will. Two runs that make the same tables may meet at one after the other.
 */
export function attemptsAfter(cause: unknown): number {
  if (!(cause instanceof Error) || cause instanceof AppError) return 1;
  if (TABLE_COLLISIONS.includes(numberOf(cause)) || numberOf(cause) === NO_TABLE) return 12;
  return isLost(cause) || isCollision(cause) ? 4 : 1;
}

/** As the server would tell it of a table that is not there any more. */
export function noTable(table: TableName): Error {
  return Object.assign(new Error(`There is no table ${displayName(table)}.`), { errno: NO_TABLE });
}

function isCollision(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause instanceof AppError) return false;
  return COLLISIONS.includes(numberOf(cause)) || isOwnKey(cause);
}

export function isRepeatedKey(cause: unknown): boolean {
  return cause instanceof Error && numberOf(cause) === REPEATED_KEY;
}

/** Rows with a key that is there are updated: only a row that came in the meantime can be in the way. */
function isOwnKey(cause: Error): boolean {
  return numberOf(cause) === REPEATED_KEY && OWN_KEY.test(cause.message);
}

/** The connection was lost, and there was none to be had for as long as we tried. */
export function notBack(cause: unknown, address: string): unknown {
  const lost = SERVER_ADVICE.find(({ code }) => code === 'mysql.connection-lost');
  if (!(cause instanceof EnvironmentError || cause instanceof RetryableError) || lost === undefined) return cause;
  const { en, ja } = lost.text;
  const text = { en: `${en} (${cause.text.en})`, ja: `${ja}（${cause.text.ja}）` };
  return advised({ ...lost, text }, cause, address);
}

function isLost(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause instanceof AppError) return false;
  return (
    adviceFor(cause, SERVER_ADVICE)?.code === 'mysql.connection-lost' || ('fatal' in cause && cause.fatal === true)
  );
}

/** A commit that got no answer may have been made; any other answer means that it was not. */
export function uncertainCommit(cause: unknown, address: string): unknown {
  if (!isLost(cause)) return cause;
  return new EnvironmentError({
    code: 'mysql.commit-unanswered',
    path: address,
    text: {
      en: 'The connection was lost while a transaction was being committed; whether it was is not known.',
      ja: 'コミットの途中で接続が切れたため、確定されたかどうか分かりません。',
    },
    hint: {
      en: 'Run again: rows with a key that are there already are not written twice.',
      ja: 'もう一度実行してください。キーのある行が二重に書き込まれることはありません。',
    },
    cause,
  });
}

/** What it means that a unique index cannot be made; other errors pass through. */
export function refusedKey(cause: unknown, table: TableName, key: readonly string[]): unknown {
  if (!(cause instanceof Error) || numberOf(cause) !== REPEATED_KEY) return cause;
  return repeatedKeys(table, key, cause);
}

/** Servers put a column into single quotes, or write it with its table and database. */
const AT_COLUMN = /(?:column|field) (?:`[^`]*`\.`[^`]*`\.`([^`]+)`|'([^']+)')/i;

/** `undefined` if it is something else that went wrong. */
export function refusedRow(cause: unknown, address?: string): RefusedRow | undefined {
  if (!(cause instanceof Error) || !ROW_REFUSALS.includes(numberOf(cause)) || isOwnKey(cause)) return undefined;
  const [, qualified, column] = AT_COLUMN.exec(cause.message) ?? [];
  return new RefusedRow({
    code: 'mysql.row-refused',
    reason: cause.message,
    path: address,
    column: qualified ?? column,
    hint: {
      en: 'The table has a rule that the row breaks: change the rule, or load into another table.',
      ja: 'テーブルの制約に合わない行です。制約を変えるか、別のテーブルに書き込んでください。',
    },
    cause,
  });
}

function numberOf(cause: Error): number {
  return 'errno' in cause ? Number(cause.errno) : 0;
}
