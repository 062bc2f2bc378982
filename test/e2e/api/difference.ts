import type { Api } from './api.ts';
import type { PlainRow } from './expected-row.ts';
import { rowsInApi } from './sources.ts';

export interface Difference {
  /** Rows that the API does not give, or not so. */
  readonly stale: readonly PlainRow[];
  /** Rows that the API gives. */
  readonly lacking: readonly PlainRow[];
}

/** Where the tables are not what the API gives now; empty if they all are. */
export async function differences(
  api: Api,
  tables: readonly string[],
  stored: (table: string) => readonly PlainRow[],
): Promise<Readonly<Record<string, Difference>>> {
  const found: Record<string, Difference> = {};
  for (const table of tables) {
    const wanted = await rowsInApi(api, table);
    const held = stored(table);
    const difference = { stale: except(held, wanted), lacking: except(wanted, held) };
    if (difference.stale.length + difference.lacking.length > 0) found[table] = difference;
  }
  return found;
}

export function except(rows: readonly PlainRow[], others: readonly PlainRow[]): readonly PlainRow[] {
  const texts = new Set(others.map(textOf));
  return rows.filter((row) => !texts.has(textOf(row)));
}

function textOf(row: PlainRow): string {
  return JSON.stringify(Object.entries(row).sort());
}
