import { hasMariadb, hasMysql, startMariadb, startMysql } from '../servers/mysql-server.ts';
import { hasPostgres } from '../servers/postgres-server.ts';
import { mayRun } from '../servers/required.ts';
import type { Differences, TestedDatabase } from './database.ts';
import { runMysql } from './mysql-place.ts';
import { runPostgres } from './postgres-place.ts';
import { openSqlitePlace } from './sqlite-place.ts';

/** Every database that the loader writes to. */
export const SQLITE: TestedDatabase = {
  name: 'SQLite',
  present: true,
  differences: { keepsNul: true, holdsAnyNumber: true, namesHoldEmoji: true },
  async start() {
    return { open: openSqlitePlace, close: async () => undefined };
  },
};

/**
 * A DECIMAL has 65 digits at most: https://dev.mysql.com/doc/refman/8.4/en/precision-math-decimal-characteristics.html;
 * names are in the basic plane: https://dev.mysql.com/doc/refman/8.4/en/identifiers.html
 */
const MYSQL_DIFFERENCES: Differences = { keepsNul: true, holdsAnyNumber: false, namesHoldEmoji: false };

export const MARIADB: TestedDatabase = {
  name: 'MariaDB',
  present: mayRun('MariaDB', hasMariadb()),
  differences: MYSQL_DIFFERENCES,
  start: () => runMysql(startMariadb),
};

export const MYSQL: TestedDatabase = {
  name: 'MySQL',
  present: mayRun('MySQL', hasMysql()),
  differences: MYSQL_DIFFERENCES,
  start: () => runMysql(startMysql),
};

export const POSTGRES: TestedDatabase = {
  name: 'PostgreSQL',
  present: mayRun('PostgreSQL', hasPostgres()),
  /** https://www.postgresql.org/docs/current/datatype-character.html */
  differences: { keepsNul: false, holdsAnyNumber: true, namesHoldEmoji: true },
  start: runPostgres,
};
