// @ts-check
/**
 * The main job, on a Backlog of our own: starts the sandbox, writes a job file and a query file as CData Sync has
 * them, runs `backlog-sync` twice and shows what is in the SQLite file. Everything is left in demo/ to play with.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { startSandbox } from '../dist/sandbox/sandbox.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'demo');
const database = join(folder, 'my.db');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const sandbox = await startSandbox({ seed: 'demo' });
writeFileSync(join(folder, 'job.xml'), jobFile(sandbox.url, sandbox.apiKey));
writeFileSync(join(folder, 'queries.sql'), queries());

say(`A Backlog space for the demo answers at ${sandbox.url}`);
say('\n$ backlog-sync -g demo/job.xml -f demo/queries.sql');
const first = await sync();
if (first !== 0) process.exit(await end(first));

show('SELECT IssueKey, Summary, StatusName, AssigneeName FROM Issues ORDER BY Updated DESC LIMIT 5');
show(`SELECT 'Issues' AS "Table", count(*) AS Rows FROM Issues
  UNION ALL SELECT 'PROD_Issues', count(*) FROM PROD_Issues
  UNION ALL SELECT 'PROD.Issues', count(*) FROM [PROD.Issues]
  UNION ALL SELECT 'IssueComments', count(*) FROM IssueComments`);

say('\nThe same again: nothing has changed, so next to nothing is read.');
say('$ backlog-sync -g demo/job.xml -f demo/queries.sql');
process.exit(await end(await sync()));

/** @returns {Promise<number>} */
function sync() {
  const program = join(root, 'bin/backlog-sync.js');
  const child = spawn(process.execPath, [program, '-g', 'demo/job.xml', '-f', 'demo/queries.sql'], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** @param {string} query */
function show(query) {
  const db = new Database(database, { readonly: true });
  say(`\nsqlite> ${query.replace(/\s+/g, ' ')}`);
  console.table(db.prepare(query).all());
  db.close();
}

/** @param {number} code */
async function end(code) {
  await sandbox.close();
  if (code === 0) say('\nThe database is demo/my.db; the job file and the queries lie beside it.');
  return code;
}

/** @param {string} text */
function say(text) {
  console.log(text);
}

function queries() {
  return `-- One statement a table. Every Backlog table can stand here; docs/reference/streams.md lists them.
REPLICATE Issues;
REPLICATE PROD_Issues SELECT * FROM Issues;
REPLICATE PROD.Issues SELECT * FROM Issues;
REPLICATE IssueComments;
`;
}

/** @param {string} url @param {string} key */
function jobFile(url, key) {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<CDataSync>
  <DatabaseType>SQLite</DatabaseType>
  <DatabaseProvider>org.sqlite.JDBC</DatabaseProvider>
  <ConnectionString>APIKey=${key};URL=${url};</ConnectionString>
  <ReplicateAll>False</ReplicateAll>
  <NotificationUserName></NotificationUserName>
  <DatabaseConnectionString>Data Source=${database}</DatabaseConnectionString>
</CDataSync>
`;
}
