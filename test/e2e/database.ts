import Database from 'better-sqlite3';

/** All rows of a query. */
export function query(path: string, sql: string): Record<string, unknown>[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    db.close();
  }
}

/** Every table but ours for state and runs, each as its rows in a fixed order: what two runs must agree on. */
export function contentOf(path: string): Record<string, string[]> {
  const tables = query(
    path,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'backlog_sync_%' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  );
  return Object.fromEntries(
    tables.map(({ name }) => [
      String(name),
      query(path, `SELECT * FROM "${String(name)}"`)
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}
