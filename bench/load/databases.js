// @ts-check
/** What is measured on each database: our target, the least that the database itself needs, and other targets. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasMariadb, hasMysql, startMariadb, startMysql } from '../../dist-servers/mysql-server.js';
import { hasPostgres, startPostgres } from '../../dist-servers/postgres-server.js';

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
 * @property {(sample: Sample, cellsFiles: readonly string[], rows: number) => readonly number[]} floor seconds for a new
 *   table, and for the same table with every row changed
 */

/** @typedef {import('../../dist-servers/server-process.js').TestServer} Server */

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * Opens those that are named, or all, as far as they are installed.
 *
 * @param {string} folder @param {readonly string[] | undefined} wanted
 */
export async function openDatabases(folder, wanted) {
  const servers = [
    { name: 'postgres', has: hasPostgres, start: startPostgres, database: postgres },
    { name: 'mariadb', has: hasMariadb, start: startMariadb, database: mariadb },
    { name: 'mysql', has: hasMysql, start: startMysql, database: mysql },
  ].filter(({ name, has }) => (wanted?.includes(name) ?? true) && has());
  /** @type {Server[]} */
  const started = [];
  const databases = wanted?.includes('sqlite') === false ? [] : [sqlite(folder)];
  for (const { start, database } of servers) {
    const server = await start();
    started.push(server);
    databases.push(database(folder, server));
  }
  return { databases, close: async () => void (await Promise.all(started.map((server) => server.close()))) };
}

/** @param {string} folder @returns {Database} */
function sqlite(folder) {
  const floor = join(HERE, 'floors/sqlite-upsert.js');
  return {
    name: 'SQLite',
    ours: ownTarget(folder, 'target-sqlite', 'sqlite', { database: join(folder, 'ours.db') }),
    others: [],
    floor: ({ name }, _, rows) =>
      JSON.parse(String(execFileSync(process.execPath, [floor, join(folder, `floor-${name}.db`), name, String(rows)]))),
  };
}

/** @param {string} folder @param {Server} server @returns {Database} */
function postgres(folder, { host, port, user, database }) {
  // Other targets insist on a password; the server takes anybody.
  const others = { host, port, user, password: 'none' };
  return {
    name: 'PostgreSQL',
    ours: ownTarget(folder, 'target-postgres', 'postgres', {
      ...{ host, port, user, database },
      default_target_schema: 'bench_ours',
    }),
    others: [
      ...otherTarget(folder, 'BENCH_MELTANOLABS', 'target-postgres', {
        ...{ ...others, database },
        default_target_schema: 'bench_meltano',
      }),
      ...otherTarget(folder, 'BENCH_PIPELINEWISE', 'target-postgres', {
        ...{ ...others, dbname: database },
        default_target_schema: 'bench_pipelinewise',
      }),
    ],
    floor: ({ name, properties }, files) => {
      const table = `floor_${name}`;
      const columns = Object.keys(properties);
      const list = Object.entries(properties).map(([column, schema]) => `"${column}" ${postgresType(schema)}`);
      const changes = columns.slice(1).map((column) => `"${column}" = excluded."${column}"`);
      const make = `CREATE TABLE ${table} (${list}); CREATE UNIQUE INDEX ON ${table} (id);`;
      const login = ['-h', host, '-p', String(port), '-U', user, database];
      return files.map((file, pass) => {
        const script = [
          pass === 0 ? make : '',
          `CREATE TEMPORARY TABLE stage (LIKE ${table});`,
          `\\copy stage FROM '${file}'`,
          `INSERT INTO ${table} SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')};`,
        ];
        return timed('psql', [...login, '-q', '-v', 'ON_ERROR_STOP=1'], script.join('\n'));
      });
    },
  };
}

/** The types that the target's own columns have. @param {object} schema */
function postgresType(schema) {
  const text = JSON.stringify(schema);
  if (/array|object/.test(text)) return 'jsonb';
  if (text.includes('integer')) return 'bigint';
  if (text.includes('number')) return 'double precision';
  if (text.includes('date-time')) return 'timestamptz';
  return text.includes('"date"') ? 'date' : 'text';
}

/** @param {string} folder @param {Server} server */
const mariadb = (folder, server) => mysqlLike('MariaDB', folder, server);

/** @param {string} folder @param {Server} server */
const mysql = (folder, server) => mysqlLike('MySQL', folder, server);

/** @param {string} name @param {string} folder @param {Server} server @returns {Database} */
function mysqlLike(name, folder, { host, port, user, database }) {
  return {
    name,
    ours: ownTarget(folder, 'target-mysql', name, { host, port, user, database }),
    others: [],
    floor: (sample, files) => {
      const table = `floor_${sample.name}`;
      const columns = Object.keys(sample.properties);
      const list = columns.map((column) => `\`${column}\` ${column === 'id' ? 'bigint' : 'longtext'}`).join(', ');
      const changes = columns.slice(1).map((column) => `\`${column}\` = VALUES(\`${column}\`)`);
      const make = `CREATE TABLE ${table} (${list}, UNIQUE (id)) CHARACTER SET utf8mb4;`;
      const login = ['-h', host, '-P', String(port), '-u', user];
      return files.map((file, pass) => {
        const script = [
          pass === 0 ? make : '',
          `CREATE TEMPORARY TABLE stage (${list}) CHARACTER SET utf8mb4;`,
          `LOAD DATA LOCAL INFILE '${file}' INTO TABLE stage CHARACTER SET utf8mb4;`,
          `INSERT INTO ${table} SELECT * FROM stage ON DUPLICATE KEY UPDATE ${changes.join(', ')};`,
        ];
        return timed('mariadb', ['--no-defaults', ...login, '--local-infile=1', database], script.join('\n'));
      });
    },
  };
}

/** @param {string} command @param {string[]} args @param {string} input */
function timed(command, args, input) {
  const began = performance.now();
  execFileSync(command, args, { input, stdio: ['pipe', 'ignore', 'inherit'] });
  return (performance.now() - began) / 1000;
}

/** @param {string} folder @param {string} program @param {string} name @param {object} settings @returns {Subject} */
function ownTarget(folder, program, name, settings) {
  const launcher = join(HERE, '../../bin', `${program}.js`);
  const config = written(folder, `${program}-${name}`, settings);
  return { name: program, command: process.execPath, args: [launcher, '--config', config] };
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
