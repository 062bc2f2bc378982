import { AppError, EnvironmentError } from '../../runtime/errors.ts';
import { SERVER_ADVICE } from './advice.ts';
import { CONNECT_ADVICE } from './connect-advice.ts';
import { adviceFor, advised } from './mysql-errors.ts';
import { addressOf, type MysqlSettings } from './settings.ts';

/** Why there is no connection. */
export function connectError(cause: unknown, settings: MysqlSettings): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause;
  const address = addressOf(settings);
  const advice = adviceFor(cause, [...CONNECT_ADVICE, ...SERVER_ADVICE]);
  if (advice !== undefined) return advised(advice, cause, address);
  return new EnvironmentError({
    code: 'mysql.no-connection',
    path: address,
    text: {
      en: `No connection to the database came about: ${cause.message}`,
      ja: `データベースに接続できませんでした: ${cause.message}`,
    },
    cause,
  });
}
