// @ts-check
/**
 * 200,000 issues through `tap-backlog | target-sqlite` against the sandbox: rows per second, and the peak memory of
 * each process, which must stay under 200 MB however many rows there are (invariant 10).
 * The sandbox's budgets are lifted, so that the programs are measured and not the waiting.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { start } from './processes.js';

const MEMORY_LIMIT_MEGABYTES = 200;
const ISSUE_STREAMS = [
  'issues',
  'issue_categories',
  'issue_milestones',
  'issue_versions',
  'issue_attachments',
  'issue_linked_shared_files',
  'issue_stars',
  'issue_custom_field_values',
];

/** @param {number} issues */
export async function pipeline(issues) {
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
      '0',
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
    const catalog = await catalogOf(folder);
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

    const rows = rowsIn(database);
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
    return Math.max(tap.peakMegabytes(), target.peakMegabytes()) < MEMORY_LIMIT_MEGABYTES;
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

/** The catalog with the issue family alone selected. @param {string} folder */
async function catalogOf(folder) {
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
    root.metadata.selected = ISSUE_STREAMS.includes(stream.tap_stream_id);
  }
  return catalog;
}

/** @param {string} database @returns {Record<string, number>} */
function rowsIn(database) {
  const db = new Database(database, { readonly: true });
  const counts = ISSUE_STREAMS.map((stream) => [stream, db.prepare(`SELECT count(*) FROM ${stream}`).pluck().get()]);
  db.close();
  return Object.fromEntries(counts);
}
