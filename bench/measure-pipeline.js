// @ts-check
/**
 * Runs `tap-backlog | target-sqlite` against the sandbox: rows per second, and the peak memory of each process, which
 * must not grow with the number of rows (invariant 10). The sandbox's budgets are lifted, so that the programs are
 * measured and not the waiting.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { start } from './processes.js';

/**
 * @typedef {object} Load
 * @property {number} issues
 * @property {number} commentsPerIssue
 * @property {readonly string[]} streams
 * @property {number} mostMegabytes that each program may take
 */

/** Prints the figures; whether the programs kept to their memory. @param {Load} load */
export async function measurePipeline({ issues, commentsPerIssue, streams, mostMegabytes }) {
  const folder = mkdtempSync(join(tmpdir(), 'backlog-bench-'));
  const sandbox = start(
    'backlog-sandbox',
    [
      '--port',
      '0',
      '--projects',
      '4',
      '--issues',
      String(issues),
      '--comments',
      String(commentsPerIssue),
      '--budgets',
      'read=1000000,search=1000000',
    ],
    ['ignore', 'pipe', 'inherit'],
  );
  try {
    const { url, key } = await addressOf(sandbox.child);
    const database = join(folder, 'bench.db');
    writeFileSync(join(folder, 'tap.json'), JSON.stringify({ url, api_key: key }));
    writeFileSync(join(folder, 'target.json'), JSON.stringify({ database }));
    const catalog = await catalogOf(folder, streams);
    writeFileSync(join(folder, 'catalog.json'), JSON.stringify(catalog));

    const began = performance.now();
    const tap = start(
      'tap-backlog',
      ['--config', join(folder, 'tap.json'), '--catalog', join(folder, 'catalog.json')],
      ['ignore', 'pipe', 'inherit'],
    );
    const target = start('target-sqlite', ['--config', join(folder, 'target.json')], ['pipe', 'ignore', 'inherit']);
    if (!tap.child.stdout || !target.child.stdin) throw new Error('no pipes');
    tap.child.stdout.pipe(target.child.stdin);
    const codes = await Promise.all([tap.ended, target.ended]);
    const seconds = (performance.now() - began) / 1000;
    if (codes.some((code) => code !== 0)) throw new Error(`exit codes ${codes.join(', ')}`);

    const rows = rowsIn(database, streams);
    if (rows.issues !== issues) throw new Error(`${rows.issues} of ${issues} issues arrived`);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    console.table({
      issues: { value: issues },
      'rows in all tables': { value: total },
      seconds: { value: Number(seconds.toFixed(1)) },
      'rows per second': { value: Math.round(total / seconds) },
      'tap-backlog peak MB': { value: tap.peakMegabytes() },
      'target-sqlite peak MB': { value: target.peakMegabytes() },
    });
    return Math.max(tap.peakMegabytes(), target.peakMegabytes()) < mostMegabytes;
  } finally {
    sandbox.child.kill();
    await sandbox.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The sandbox tells its address and key in its first line. @param {import('node:child_process').ChildProcess} child */
async function addressOf(child) {
  for await (const chunk of child.stdout ?? []) {
    const [, url, key] = /(http:\/\/\S+) (\S+)/.exec(String(chunk)) ?? [];
    if (url && key) return { url, key };
  }
  throw new Error('the sandbox did not say where it listens');
}

/** The catalog with these streams alone selected. @param {string} folder @param {readonly string[]} streams */
async function catalogOf(folder, streams) {
  const discovery = start(
    'tap-backlog',
    ['--config', join(folder, 'tap.json'), '--discover'],
    ['ignore', 'pipe', 'inherit'],
  );
  let text = '';
  for await (const chunk of discovery.child.stdout ?? []) text += chunk;
  const catalog = JSON.parse(text);
  for (const stream of catalog.streams) {
    const root = stream.metadata.find((/** @type {{ breadcrumb: string[] }} */ entry) => entry.breadcrumb.length === 0);
    root.metadata.selected = streams.includes(stream.tap_stream_id);
  }
  return catalog;
}

/** @param {string} database @param {readonly string[]} streams @returns {Record<string, number>} */
function rowsIn(database, streams) {
  const db = new Database(database, { readonly: true });
  const counts = streams.map((stream) => [stream, db.prepare(`SELECT count(*) FROM ${stream}`).pluck().get()]);
  db.close();
  return Object.fromEntries(counts);
}
