// @ts-check
/**
 * The least that a target of SQLite does: one prepared upsert for each row of a sample, in one transaction; once into a
 * new table, and once more with every row changed. The rows are made before the time is taken.
 *
 *     node bench/load/floors/sqlite-upsert.js <database> <sample> <rows>      prints the seconds of both, as JSON
 */
import Database from 'better-sqlite3';
import { cellsOf, SAMPLES } from '../data.js';

const [database = '', name = '', count = '0'] = process.argv.slice(2);
const sample = SAMPLES[name];
if (sample === undefined) throw new Error(`no sample ${name}`);
const columns = Object.keys(sample.properties);

const db = new Database(database);
db.pragma('journal_mode = WAL');
const list = columns.map((column) => `"${column}"`);
const changes = list.slice(1).map((column) => `${column} = excluded.${column}`);
db.exec(`CREATE TABLE floor (${list.join(', ')}); CREATE UNIQUE INDEX floor_key ON floor (id)`);
const upsert = db.prepare(
  `INSERT INTO floor VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`,
);
const seconds = [0, 1].map((salt) => {
  const rows = [...cellsOf(sample, Number(count), salt)];
  const began = performance.now();
  db.transaction(() => {
    for (const cells of rows) upsert.run(cells);
  })();
  return (performance.now() - began) / 1000;
});
process.stdout.write(`${JSON.stringify(seconds)}\n`);
db.close();
