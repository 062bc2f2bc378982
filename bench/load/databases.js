// @ts-check
/** What is measured on each database: our target, the least that the database itself needs, and other targets. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./data.js').Sample} Sample */

/**
 * @typedef {object} Subject a target program, and how it is told where to write
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 */

/**
 * @typedef {object} Database
 * @property {string} name
 * @property {Subject} ours
 * @property {readonly Subject[]} others
 * @property {(sample: string, cellsFile: string, columns: readonly string[], rows: number) => number} floor seconds
 */

const HERE = dirname(fileURLToPath(import.meta.url));
const POSTGRES = process.env.BENCH_POSTGRES;
const MYSQL = process.env.BENCH_MYSQL;

/** Those that are there: SQLite always, a server where the environment names it. @param {string} folder @returns {Database[]} */
export function databases(folder) {
  return [sqlite(folder), ...(POSTGRES ? [postgres(folder, POSTGRES)] : []), ...(MYSQL ? [mysql(folder, MYSQL)] : [])];
}

/** @param {string} folder @returns {Database} */
function sqlite(folder) {
  const floor = join(HERE, 'floors/sqlite-upsert.js');
  return {
    name: 'SQLite',
    ours: ownTarget(folder, 'target-sqlite', { database: join(folder, 'ours.db') }),
    others: [],
    floor: (sample, _, __, rows) =>
      Number(execFileSync(process.execPath, [floor, join(folder, `floor-${sample}.db`), sample, String(rows)])),
  };
}

/** @param {string} folder @param {string} url @returns {Database} */
function postgres(folder, url) {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  const connection = { host, port: Number(port || 5432), user, ...(password ? { password } : {}), database };
  return {
    name: 'PostgreSQL',
    ours: ownTarget(folder, 'target-postgres', { ...connection, default_target_schema: 'bench_ours' }),
    others: [
      ...otherTarget(folder, 'BENCH_MELTANOLABS', 'target-postgres', {
        ...connection,
        password: password || 'none',
        default_target_schema: 'bench_meltano',
      }),
      ...otherTarget(folder, 'BENCH_PIPELINEWISE', 'target-postgres', {
        host,
        port: connection.port,
        user,
        password: password || 'none',
        dbname: database,
        default_target_schema: 'bench_pipelinewise',
      }),
    ],
    floor: (sample, file, columns) => {
      const table = `floor_${sample}`;
      const list = columns.map((column) => `"${column}" text`).join(', ');
      const changes = columns.slice(1).map((column) => `"${column}" = excluded."${column}"`);
      const script = [
        `CREATE TABLE ${table} (${list}); CREATE UNIQUE INDEX ON ${table} (id);`,
        `CREATE TEMPORARY TABLE stage (LIKE ${table});`,
        `\\copy stage FROM '${file}'`,
        `INSERT INTO ${table} SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')};`,
        `DROP TABLE ${table};`,
      ];
      return timed('psql', [url, '-q', '-v', 'ON_ERROR_STOP=1'], script.join('\n'));
    },
  };
}

/** @param {string} folder @param {string} url @returns {Database} */
function mysql(folder, url) {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  const connection = { host, port: Number(port || 3306), user, ...(password ? { password } : {}), database };
  return {
    name: 'MySQL',
    ours: ownTarget(folder, 'target-mysql', connection),
    others: [],
    floor: (sample, file, columns) => {
      const table = `floor_${sample}`;
      const list = columns.map((column) => `\`${column}\` ${column === 'id' ? 'bigint' : 'longtext'}`).join(', ');
      const changes = columns.slice(1).map((column) => `\`${column}\` = VALUES(\`${column}\`)`);
      const script = [
        `CREATE TABLE ${table} (${list}, UNIQUE (id)) CHARACTER SET utf8mb4;`,
        `CREATE TEMPORARY TABLE stage (${list}) CHARACTER SET utf8mb4;`,
        `LOAD DATA LOCAL INFILE '${file}' INTO TABLE stage CHARACTER SET utf8mb4;`,
        `INSERT INTO ${table} SELECT * FROM stage ON DUPLICATE KEY UPDATE ${changes.join(', ')};`,
        `DROP TABLE ${table};`,
      ];
      const login = ['-h', host, '-P', String(connection.port), '-u', user, ...(password ? [`-p${password}`] : [])];
      return timed('mariadb', [...login, '--local-infile=1', database], script.join('\n'));
    },
  };
}

/** @param {string} command @param {string[]} args @param {string} input */
function timed(command, args, input) {
  const began = performance.now();
  execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'inherit'] });
  return (performance.now() - began) / 1000;
}

/** @param {string} folder @param {string} program @param {object} settings @returns {Subject} */
function ownTarget(folder, program, settings) {
  const launcher = join(HERE, '../../bin', `${program}.js`);
  return { name: program, command: process.execPath, args: [launcher, '--config', written(folder, program, settings)] };
}

/** A target of somebody else, if its folder of programs is named. @param {string} folder @param {string} variable @param {string} program @param {object} settings */
function otherTarget(folder, variable, program, settings) {
  const command = (process.env[variable] ?? '')
    .split(delimiter)
    .map((bin) => join(bin, program))
    .find(existsSync);
  if (!command) return [];
  const name = variable.replace('BENCH_', '').toLowerCase();
  return [{ name, command, args: ['--config', written(folder, name, settings)] }];
}

/** @param {string} folder @param {string} name @param {object} settings */
function written(folder, name, settings) {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(settings));
  return path;
}
