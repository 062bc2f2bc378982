import type { PostgresConnection } from './connection.ts';

export type Outcome = 'committed' | 'aborted' | 'unknown';

/** How often to look, a tenth of a second apart, while the server still works on it. */
const LOOKS = 50;

/** The transaction's number; `undefined` if it has changed nothing. */
export async function transactionId(connection: PostgresConnection): Promise<string | undefined> {
  const { rows } = await connection.query('SELECT pg_current_xact_id_if_assigned()');
  return rows[0]?.[0] ?? undefined;
}

/** What became of a transaction of another connection, one that was lost while it committed. */
export async function outcomeOf(id: string, connection: PostgresConnection): Promise<Outcome> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { rows } = await connection.query('SELECT pg_xact_status($1::xid8)', [id]);
    const status = rows[0]?.[0];
    if (status === 'committed' || status === 'aborted') return status;
    if (status !== 'in progress') return 'unknown';
    await connection.query('SELECT pg_sleep(0.1)');
  }
  return 'unknown';
}
