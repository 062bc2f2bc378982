import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { FLAVOURS, JobFolder, THREE_STATEMENTS } from './job-folder.ts';
import type { Finished } from './program.ts';

const KEY = 'a-key-that-nobody-knows-1234567890';

let sandbox: Sandbox;
let folder: JobFolder;

beforeEach(async () => {
  sandbox = await startSandbox();
  folder = new JobFolder();
});

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

const good = () => `APIKey=${sandbox.apiKey};URL=${sandbox.url};`;

/** One message that names the trouble and what to do, the right exit code, no stack trace, no secret. */
function expectClear({ code, stdout, stderr }: Finished, exitCode: number, ...says: readonly RegExp[]): void {
  const all = stdout + stderr;
  expect(code, all).toBe(exitCode);
  for (const text of says) expect(all).toMatch(text);
  expect(all).toContain('→');
  expect(all).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
  expect(all).not.toContain(KEY);
  expect(all).not.toContain(sandbox.apiKey);
}

describe('backlog-sync says what to do', () => {
  it('when the key is wrong', async () => {
    folder.write(FLAVOURS.java(`APIKey=${KEY};URL=${sandbox.url};`, folder.database), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /key/i);
  });

  it('when the host does not exist', async () => {
    folder.write(FLAVOURS.java(`APIKey=${KEY};URL=no-such-space.invalid;`, folder.database), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /no-such-space\.invalid/);
  });

  it('when nothing listens there', async () => {
    folder.write(FLAVOURS.java(`APIKey=${KEY};URL=http://127.0.0.1:9;`, folder.database), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /127\.0\.0\.1:9/);
  });

  it('when the job file is broken, with the place', async () => {
    folder.write('<CDataSync>\n  <DatabaseType>SQLite</DatabaseTyp>\n</CDataSync>', THREE_STATEMENTS);
    expectClear(await folder.run(), 2, /MyProductionBacklogConfig\.xml:2:\d+/);
  });

  it('when a table is unknown, with the nearest one', async () => {
    folder.write(FLAVOURS.java(good(), folder.database), 'REPLICATE Projects;\nREPLICATE Isues;');
    expectClear(await folder.run(), 2, /MyProductionBacklogSync\.sql:2:\d+/, /Isues/, /Issues/);
    expect(sandbox.requests).toEqual([]);
    expect(readdirSync(folder.path)).not.toContain('my.db');
  });

  it('when a column is unknown, with the nearest one', async () => {
    folder.write(FLAVOURS.java(good(), folder.database), 'REPLICATE Short SELECT Id, Sumary FROM Issues');
    expectClear(await folder.run(), 2, /Sumary/, /Summary/);
    expect(sandbox.requests).toEqual([]);
  });

  it('when two statements would write the same table', async () => {
    folder.write(FLAVOURS.java(good(), folder.database), 'REPLICATE Issues;\nREPLICATE ISSUES SELECT * FROM Projects;');
    expectClear(await folder.run(), 2, /ISSUES/);
    expect(sandbox.requests).toEqual([]);
  });

  it('when the database cannot be written', async () => {
    mkdirSync(folder.database);
    folder.write(FLAVOURS.java(good(), folder.database), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /my\.db/);
  });

  it('when the file is no database', async () => {
    writeFileSync(folder.database, 'Dear diary, this is no database at all. '.repeat(200));
    folder.write(FLAVOURS.java(good(), folder.database), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /my\.db/);
  });

  it('when the folder of the database does not exist', async () => {
    folder.write(FLAVOURS.java(good(), join(folder.path, 'missing', 'my.db')), THREE_STATEMENTS);
    expectClear(await folder.run(), 3, /missing/);
  });

  it('in Japanese to who reads Japanese', async () => {
    folder.write(FLAVOURS.java(`APIKey=${KEY};URL=${sandbox.url};`, folder.database), THREE_STATEMENTS);
    expectClear(await folder.run({ LANG: 'ja_JP.UTF-8' }), 3, /APIキー|API キー/);
  });
});
