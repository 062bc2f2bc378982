/**
 * How we read and write values, whatever the server's or the user's defaults; no time limit ends a load.
 * A batch is small beside its table: looking up each row by the index is ten times as fast as reading the table, which
 * the planner prefers as long as it takes the index for a slow disk.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  client_encoding: "'UTF8'",
  standard_conforming_strings: 'on',
  TimeZone: "'UTC'",
  DateStyle: "'ISO, YMD'",
  extra_float_digits: '1',
  bytea_output: "'hex'",
  random_page_cost: '0.5',
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
};

/** For the whole connection. */
export const PREPARE_SESSION = settingsText('SET', false);

/** Once a lock is had, rows that its last holder has committed are seen. */
export const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/** For a transaction that may find itself on any connection of a pooler, and must leave it as it was. */
export const BEGIN_POOLED = `${BEGIN}; ${settingsText('SET LOCAL', true)}`;

/** Commits are durable (invariant 1). */
function settingsText(set: 'SET' | 'SET LOCAL', local: boolean): string {
  const texts = Object.entries(SETTINGS).map(([name, value]) => `${set} ${name} = ${value}`);
  const commit = `SELECT set_config('synchronous_commit', 'on', ${local}) WHERE current_setting('synchronous_commit') = 'off'`;
  return [...texts, commit].join('; ');
}
