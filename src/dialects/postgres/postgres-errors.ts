import { RefusedRow } from '../../load/refused-row.ts';
import { AppError, AuthenticationError, EnvironmentError, RetryableError } from '../../runtime/errors.ts';
import * as advice from './advice.ts';
import { isConflict, sqlStateOf } from './sql-state.ts';

/** By the codes of Node.js. */
const BY_SYSTEM_CODE: Readonly<Record<string, advice.Advice>> = {
  ENOTFOUND: advice.HOST_UNKNOWN,
  EAI_AGAIN: advice.HOST_UNKNOWN,
  ENOENT: advice.NO_SOCKET,
  ECONNREFUSED: advice.REFUSED,
  ETIMEDOUT: advice.UNREACHABLE,
  EHOSTUNREACH: advice.UNREACHABLE,
  ENETUNREACH: advice.UNREACHABLE,
  ECONNRESET: advice.LOST,
  EPIPE: advice.LOST,
};

/** The driver's own words, where it gives no code. */
const BY_MESSAGE: readonly (readonly [RegExp, advice.Advice])[] = [
  [/timeout expired|connection timeout/i, advice.UNREACHABLE],
  [/SSL|TLS|certificate/i, advice.TLS],
  [/connection terminated|not queryable|connection error|client was closed/i, advice.LOST],
];

const TLS_CODE = /^ERR_(?:TLS|SSL|OSSL)|CERT|^UNABLE_TO_|SIGNATURE|^EPROTO$|^INVALID_CA$|^HOSTNAME_MISMATCH$/;

const LOST_CODES = new Set([advice.LOST.code, advice.BY_STATE['57P03']?.code]);

/** Our own error for one of the driver's or the server's; errors that are ours already pass through. */
export function postgresError(cause: unknown, address: string): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause;
  const state = sqlStateOf(cause);
  if (state !== undefined) return serverError(cause, state, address);
  const found = adviceOf(cause);
  return found === undefined ? cause : new EnvironmentError({ ...found, path: address, cause });
}

/** Whether it was the connection that failed: the server then rolls back what was not committed. */
export function isLost(cause: unknown): boolean {
  const told = postgresError(cause, '');
  return told instanceof EnvironmentError && LOST_CODES.has(told.code);
}

/** The connection was lost, and there was none to be had for as long as we tried. */
export function notBack(cause: unknown, address: string): unknown {
  if (!(cause instanceof EnvironmentError)) return cause;
  const { en, ja } = advice.LOST.text;
  const text = { en: `${en} (${cause.text.en})`, ja: `${ja}（${cause.text.ja}）` };
  return new EnvironmentError({ ...advice.LOST, text, path: address, cause });
}

/** The connection was lost when the answer to COMMIT was due. */
export function unknownCommit(cause: unknown, address: string): EnvironmentError {
  return new EnvironmentError({ ...advice.COMMIT_UNKNOWN, path: address, cause });
}

function adviceOf(cause: Error): advice.Advice | undefined {
  const code = 'code' in cause ? String(cause.code) : '';
  if (cause instanceof AggregateError) return adviceOf(cause.errors.find((one) => one instanceof Error) ?? new Error());
  if (TLS_CODE.test(code)) return advice.TLS;
  return BY_SYSTEM_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(cause.message))?.[1];
}

function serverError(cause: Error, state: string, address: string): AppError | Error {
  const known = advice.BY_STATE[state];
  if (known !== undefined) return new EnvironmentError({ ...known, path: address, cause });
  if (state.startsWith('28'))
    return new AuthenticationError({ ...withReason(advice.ACCESS_DENIED, cause), path: address, cause });
  if (state === '42501')
    return new AuthenticationError({ ...withReason(advice.NO_PERMISSION, cause), path: address, cause });
  if (state.startsWith('08') || state.startsWith('57P'))
    return new EnvironmentError({ ...advice.LOST, path: address, cause });
  if (isConflict(cause)) return conflict(cause, address);
  return refusedRow(cause, address) ?? cause;
}

/** With what the server says, which names the user, the table or the rule. */
function withReason({ code, text, hint }: advice.Advice, { message }: Error): advice.Advice {
  return { code, hint, text: { en: `${text.en} (${message})`, ja: `${text.ja}（${message}）` } };
}

function conflict(cause: Error, address: string): RetryableError {
  return new RetryableError({
    code: 'postgres.conflict',
    path: address,
    text: {
      en: 'Other programs change the same tables, and the database gave way to them every time.',
      ja: 'ほかのプログラムが同じテーブルを変更しているため、何度試しても処理が取り消されました。',
    },
    hint: {
      en: 'Run again when they are done. Nothing was half-written.',
      ja: 'それらの処理が終わってから、もう一度実行してください。書きかけのデータはありません。',
    },
    cause,
  });
}

/** What a rule of its table says to a row: data, integrity, a trigger's own words, a view's condition, a limit. */
const REFUSALS = /^(?:22...|23...|P0001|44000|54000)$/;
const IN_COPY = /^COPY \S+, line \d+, column ([^:]+):/;

/** `undefined` if it is something else that went wrong. */
export function refusedRow(cause: unknown, address?: string): RefusedRow | undefined {
  if (!(cause instanceof Error) || !REFUSALS.test(sqlStateOf(cause) ?? '')) return undefined;
  const where = detailOf(cause, 'where');
  return new RefusedRow({
    code: 'postgres.row-refused',
    reason: [cause.message, detailOf(cause, 'detail'), where].filter(Boolean).join('; '),
    path: tableOf(cause) ?? address,
    column: detailOf(cause, 'column') ?? IN_COPY.exec(where ?? '')?.[1],
    hint: {
      en: 'The table has a rule, or a column too narrow, for the row: change it, or load into another table.',
      ja: 'テーブルの制約または列の大きさに合わない行です。テーブルを変更するか、別のテーブルに書き込んでください。',
    },
    cause,
  });
}

function tableOf(cause: Error): string | undefined {
  const [schema, table] = [detailOf(cause, 'schema'), detailOf(cause, 'table')];
  return schema === undefined || table === undefined ? undefined : `${schema}.${table}`;
}

function detailOf(cause: Error, field: 'column' | 'detail' | 'where' | 'schema' | 'table'): string | undefined {
  const value = (cause as Error & Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : undefined;
}
