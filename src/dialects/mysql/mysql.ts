import type { Dialect, Facts } from '../../load/dialect.ts';
import { openConnection } from './connect.ts';
import { ENCODE } from './encode.ts';
import { planTexts } from './plan-text.ts';
import { MysqlSession } from './session.ts';
import type { MysqlSettings } from './settings.ts';

const FACTS: Facts = {
  names: { limit: 64, unit: 'characters', foldsCase: true },
  exactNumbers: false,
  encode: ENCODE,
};

/** What MySQL's statements name; a MariaDB has another name for the same. */
const EXACT_COLLATION = 'utf8mb4_0900_bin';

/** MySQL 8 and later, MariaDB 10.6 and later. Times are UTC, JSON is text (see `DECLARED_TYPES`). */
export const mysql: Dialect<MysqlSettings> = {
  name: 'mysql',
  facts: FACTS,
  render: (plan) => planTexts(plan, undefined, EXACT_COLLATION),
  async connect(settings) {
    return new MysqlSession(await openConnection(settings), settings, FACTS);
  },
};
