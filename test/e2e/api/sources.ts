import type { Api } from './api.ts';
import { expectedRow, type PlainRow } from './expected-row.ts';
import { gitItems } from './git-items.ts';
import { historyItems } from './history-items.ts';
import { issueItems } from './issue-items.ts';
import type { ItemSources } from './items.ts';
import { pageItems } from './page-items.ts';
import { projectItems } from './project-items.ts';
import { spaceItems } from './space-items.ts';

const SOURCES: ItemSources = {
  ...spaceItems,
  ...projectItems,
  ...issueItems,
  ...historyItems,
  ...pageItems,
  ...gitItems,
};

/** The rows that a table must hold, worked out from what the API gives now. */
export async function rowsInApi(api: Api, table: string): Promise<readonly PlainRow[]> {
  const source = SOURCES[table];
  if (!source) throw new Error(`this test does not know how to read ${table}`);
  return sorted((await source(api)).map(expectedRow));
}

export function sorted(rows: readonly PlainRow[]): readonly PlainRow[] {
  const keyed = rows.map((row) => ({ row, key: JSON.stringify(Object.entries(row).sort()) }));
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row);
}
