import type { Dialect, Facts } from '../../load/dialect.ts';
import { RECONNECT_SECONDS } from '../reopen.ts';
import { openConnection } from './connect.ts';
import { loadDriver } from './driver.ts';
import { PostgresSession } from './session.ts';
import { addressOf, DEFAULT_SCHEMA, type PostgresSettings } from './settings.ts';
import { render } from './table-text.ts';
import { ENCODE } from './types.ts';

/** Of the columns that each table has. https://www.postgresql.org/docs/current/ddl-system-columns.html */
const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);

const FACTS: Facts = {
  names: { limit: 63, unit: 'bytes', foldsCase: false, reserved: SYSTEM_COLUMNS },
  exactNumbers: true,
  refusesNul: true,
  encode: ENCODE,
};

/** PostgreSQL 13 and later (see `DECLARED_TYPES`), also behind a pooler that keeps nothing but transactions together. */
export const postgres: Dialect<PostgresSettings> = {
  name: 'postgres',
  facts: FACTS,
  render,
  async connect(settings) {
    const driver = await loadDriver();
    return PostgresSession.open({
      open: () => openConnection(driver, settings),
      reconnectSeconds: settings.reconnectSeconds ?? RECONNECT_SECONDS,
      address: addressOf(settings),
      facts: FACTS,
      schema: settings.schema ?? DEFAULT_SCHEMA,
    });
  },
};
