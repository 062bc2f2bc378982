import type { TestedDatabase } from './database.ts';
import { openSqlitePlace } from './sqlite-place.ts';

/** Every database that the loader writes to. */
export const SQLITE: TestedDatabase = {
  name: 'SQLite',
  present: true,
  differences: { keepsNul: true },
  async start() {
    return { open: openSqlitePlace, close: async () => undefined };
  },
};
