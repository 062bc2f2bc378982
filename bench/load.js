// @ts-check
/**
 * How fast the targets load, as real processes that read standard input, against the least that this machine needs for
 * the same rows (parsing alone, the database alone) and against other targets, in the same run. Every database server
 * that is installed takes part (scripts/install-databases.sh); it is started and stopped here.
 *
 *     npm run bench:load                                   all databases
 *     npm run bench:load -- --only sqlite,postgres         some of them (sqlite, postgres, mariadb, mysql)
 *     npm run bench:load -- --rows 1000                    fewer rows: a trial, not a measurement
 *     npm run bench:load -- --memory 5000000               peak memory while so many narrow rows come
 *     BENCH_MELTANOLABS=<folder of programs> BENCH_PIPELINEWISE=<folder of programs>   other targets of PostgreSQL
 *
 * The second run changes every row. `ratio` is the speed as a part of that of the slower floor: parsing, or what the
 * database alone needs for the same; `to insert` compares the second run with the database's first.
 */
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ISSUES, NARROW, writeCells, writeMessages } from './load/data.js';
import { openDatabases } from './load/databases.js';
import { measure, root } from './processes.js';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, rows: { type: 'string' }, memory: { type: 'string' } },
});

const SIZES = [
  { sample: NARROW, rows: Number(options.rows ?? 200_000) },
  { sample: ISSUES, rows: Number(options.rows ?? 50_000) },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-load-'));
const opened = await openDatabases(folder, options.only?.split(','));
try {
  if (options.memory !== undefined) await measureMemory(Number(options.memory));
  else for (const size of SIZES) await compare(size);
} finally {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
}

/** @param {typeof SIZES[number]} size */
async function compare({ sample, rows }) {
  const files = [0, 1].map((salt) => join(folder, `${sample.name}-${salt}.singer`));
  const cells = [0, 1].map((salt) => join(folder, `${sample.name}-${salt}.cells`));
  for (const [salt, file] of files.entries()) await writeMessages(file, sample, rows, salt);
  for (const [salt, file] of cells.entries()) await writeCells(file, sample, rows, salt);
  const [first = '', second = ''] = files;
  const parse = await timed(process.execPath, [join(root, 'bench/load/floors/parse.js')], first);
  /** @type {Record<string, object>} */
  const table = { 'parse only': line(rows, parse.seconds) };
  for (const { name, ours, others, floor } of opened.databases) {
    const [inserting = 0, changing = 0] = floor(sample, cells, rows);
    const slower = (/** @type {number} */ alone) => Math.max(alone, parse.seconds);
    table[`${name}: database only`] = line(rows, inserting);
    table[`${name}: database only, second run`] = line(rows, changing);
    for (const subject of [ours, ...others]) {
      const fresh = await timed(subject.command, subject.args, first);
      const again = await timed(subject.command, subject.args, second);
      table[`${name}: ${subject.name}`] = line(rows, fresh.seconds, slower(inserting), fresh.megabytes);
      table[`${name}: ${subject.name}, second run`] = {
        ...line(rows, again.seconds, slower(changing), again.megabytes),
        'to insert': ratio(slower(inserting), again.seconds),
      };
    }
  }
  console.log(`${sample.name}: ${rows} rows, ${Object.keys(sample.properties).length} columns`);
  console.table(table);
}

/** @param {number} rows @param {number} seconds @param {number} [slower] @param {number} [megabytes] */
function line(rows, seconds, slower, megabytes) {
  return {
    seconds: Number(seconds.toFixed(2)),
    'rows per second': Math.round(rows / seconds),
    ratio: slower === undefined ? undefined : ratio(slower, seconds),
    'peak MB': megabytes,
  };
}

/** @param {number} floor @param {number} seconds */
function ratio(floor, seconds) {
  return Number((floor / seconds).toFixed(2));
}

/** A tenth of the rows first: what is flat does not grow after it. @param {number} rows */
async function measureMemory(rows) {
  const file = join(folder, 'memory.singer');
  for (const part of [rows / 10, rows]) {
    await writeMessages(file, NARROW, part);
    for (const { name, ours } of opened.databases) {
      const { seconds, megabytes } = await timed(ours.command, ours.args, file);
      console.log(`${name}, ${part} rows: ${seconds.toFixed(1)} s, peak ${megabytes} MB`);
    }
  }
}

/** @param {string} command @param {string[]} args @param {string} input */
async function timed(command, args, input) {
  const stdin = openSync(input, 'r');
  const began = performance.now();
  const run = measure(command, args, { stdio: [stdin, 'ignore', 'ignore'] });
  const code = await run.ended;
  closeSync(stdin);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, megabytes: run.peakMegabytes() };
}
