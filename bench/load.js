// @ts-check
/**
 * How fast the targets load, as real processes that read standard input, against the least that this machine needs for
 * the same rows (parsing alone, the database alone) and against other targets, in the same run.
 *
 *     npm run bench:load                       SQLite
 *     BENCH_POSTGRES=postgresql://user@host:5432/database BENCH_MYSQL=mysql://user@host:3306/database npm run bench:load
 *     BENCH_MELTANOLABS=<folder of programs> BENCH_PIPELINEWISE=<folder of programs>   other targets of PostgreSQL
 *     node bench/load.js --memory 5000000      peak memory while narrow rows come into SQLite
 *
 * `ratio` is the speed as a part of the slower floor's. The second run changes every row.
 */
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ISSUES, NARROW, writeCells, writeMessages } from './load/data.js';
import { databases } from './load/databases.js';
import { measure, root } from './processes.js';

const SIZES = [
  { sample: NARROW, rows: 200_000 },
  { sample: ISSUES, rows: 50_000 },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-load-'));
const [mode, count = '5000000'] = process.argv.slice(2);
try {
  if (mode === '--memory') await measureMemory(Number(count));
  else for (const size of SIZES) await compare(size);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {typeof SIZES[number]} size */
async function compare({ sample, rows }) {
  const files = [0, 1].map((salt) => join(folder, `${sample.name}-${salt}.singer`));
  const cells = join(folder, `${sample.name}.cells`);
  for (const [salt, file] of files.entries()) await writeMessages(file, sample, rows, salt);
  await writeCells(cells, sample, rows);
  const [first = '', second = ''] = files;
  const parse = await timed(process.execPath, [join(root, 'bench/load/floors/parse.js')], first);
  /** @type {Record<string, object>} */
  const table = { 'parse only': line(rows, parse.seconds) };
  for (const { name, ours, others, floor } of databases(folder)) {
    const alone = floor(sample.name, cells, Object.keys(sample.properties), rows);
    const slower = Math.max(alone, parse.seconds);
    table[`${name}: database only`] = line(rows, alone);
    for (const subject of [ours, ...others]) {
      const fresh = await timed(subject.command, subject.args, first);
      const again = await timed(subject.command, subject.args, second);
      table[`${name}: ${subject.name}`] = line(rows, fresh.seconds, slower, fresh.megabytes);
      table[`${name}: ${subject.name}, second run`] = line(rows, again.seconds, slower, again.megabytes);
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
    ratio: slower === undefined ? undefined : Number((slower / seconds).toFixed(2)),
    'peak MB': megabytes,
  };
}

/** @param {number} rows */
async function measureMemory(rows) {
  const [sqlite] = databases(folder);
  if (sqlite === undefined) return;
  for (const part of [rows / 10, rows]) {
    const file = join(folder, 'memory.singer');
    await writeMessages(file, NARROW, part);
    const { seconds, megabytes } = await timed(sqlite.ours.command, sqlite.ours.args, file);
    console.log(`${part} rows: ${seconds.toFixed(1)} s, peak ${megabytes} MB`);
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
