/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SQL_STATE = /^[0-9A-Z]{5}$/;

/** The server's code for what it refused; `undefined` if the error is not the server's. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  const code = String(error.code);
  return SQL_STATE.test(code) ? code : undefined;
}

/** The transaction was rolled back because of another one: a serialization failure, or a deadlock. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(causeOf(error));
  return state === '40001' || state === '40P01';
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && sqlStateOf(error) === undefined && error.cause !== undefined ? error.cause : error;
}
