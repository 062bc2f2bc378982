import type { Session } from '../../load/dialect.ts';
import { readStateRow, STATE_COLUMNS, STATE_TABLE, type StatementState } from './state-table.ts';

/** What the destination knows of earlier runs, of all statements and sources. */
export async function readStates(session: Session): Promise<readonly StatementState[]> {
  const rows = (await session.readTable({ name: STATE_TABLE }, STATE_COLUMNS)) ?? [];
  return rows.flatMap((row) => readStateRow(row) ?? []);
}
