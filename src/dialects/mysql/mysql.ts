import type { Dialect, Facts } from '../../load/dialect.ts';
import type { NameRules } from '../../load/naming.ts';
import { openConnection } from './connect.ts';
import { ENCODE } from './encode.ts';
import { databaseTexts, planTexts, type TableRules } from './plan-text.ts';
import { MysqlSession } from './session.ts';
import type { MysqlSettings } from './settings.ts';

/** Names are in Unicode's basic plane and do not end in blanks: https://dev.mysql.com/doc/refman/8.4/en/identifiers.html */
const NAMES: NameRules = {
  limit: 64,
  unit: 'characters',
  foldsCase: true,
  unusable: /[\u{10000}-\u{10ffff}]| +$/gu,
};

const FACTS: Facts = {
  names: { ...NAMES, tables: { ...NAMES, unit: 'fileNames' } },
  exactNumbers: false,
  encode: ENCODE,
};

/** Of an ordinary MySQL; a MariaDB has another name for the same collation. */
const RULES: TableRules = { exactCollation: 'utf8mb4_0900_bin', needsPrimaryKey: false };

/** MySQL 8 and later, MariaDB 10.6 and later. Times are UTC, JSON is text (see `DECLARED_TYPES`). */
export const mysql: Dialect<MysqlSettings> = {
  name: 'mysql',
  facts: FACTS,
  render: (plan) => [...databaseTexts(plan), ...planTexts(plan, undefined, RULES)],
  async connect(settings) {
    return new MysqlSession(await openConnection(settings), settings, FACTS);
  },
};
