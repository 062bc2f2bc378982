import type { Database, Statement } from 'better-sqlite3';
import { tryPrepare } from '../sqlite/try-prepare.ts';
import { explainRefusal } from './refusal.ts';
import { repairName } from './repair-name.ts';
import type { SelectText } from './select-text.ts';
import type { SourceTable } from './source-table.ts';

export interface CheckedSelect {
  /** With all names as the tables spell them. */
  readonly text: SelectText;
  readonly statement: Statement<unknown[]>;
}

/**
 * Has SQLite check a SELECT against the empty tables of `database`. Names that it does not find are given another chance
 * without regard to case and underscores; what it then refuses becomes a `ConfigurationError` that points at the place.
 */
export function checkSelect(database: Database, written: SelectText, tables: readonly SourceTable[]): CheckedSelect {
  let text = written;
  for (;;) {
    const outcome = tryPrepare(database, text.sql);
    if (typeof outcome !== 'string') return { text, statement: outcome };
    const repaired = repairName(text, outcome, tables);
    if (repaired === undefined) throw explainRefusal(database, text, outcome, tables);
    text = repaired;
  }
}
