import type { BacklogClient } from '../../backlog/client.ts';
import { digest } from '../digest.ts';
import type { StatementState } from '../state/state-table.ts';

/** Whose eyes a job reads with: what one user has read says nothing about what another one may see. */
export interface Account {
  /** Host name of the space. */
  readonly source: string;
  /** Numeric id of the user. */
  readonly account: string;
  readonly credential: string;
}

/**
 * The account behind an API key. A key that the destination knows from an earlier run costs no request; another one is
 * looked up, so that a changed key of the same user goes on where the old one came to, and a wrong key is found out
 * before anything is written.
 */
export async function identifyAccount(
  client: BacklogClient,
  apiKey: string,
  known: readonly StatementState[],
  signal: AbortSignal,
): Promise<Account> {
  const source = client.host;
  const credential = digest(`${source}\n${apiKey}`);
  const row = known.find((state) => state.source === source && state.credential === credential);
  if (row !== undefined) return { source, account: row.account, credential };
  const myself = await client.get<{ readonly id: number }>('/users/myself', {}, signal);
  return { source, account: String(myself.id), credential };
}
