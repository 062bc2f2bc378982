import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Host } from '../../src/singer/host.ts';
import { targetMysqlMain } from '../../src/singer/target-mysql.ts';
import { targetPostgresMain } from '../../src/singer/target-postgres.ts';
import { targetSqliteMain } from '../../src/singer/target-sqlite.ts';
import type { Place, RunningDatabase } from '../conformance/database.ts';
import { MARIADB, MYSQL, POSTGRES, SQLITE } from '../conformance/databases.ts';
import { createTestHost } from './test-host.ts';

const MAINS: Readonly<Record<string, (host: Host) => Promise<number>>> = {
  'target-sqlite': targetSqliteMain,
  'target-postgres': targetPostgresMain,
  'target-mysql': targetMysqlMain,
};

const schema = (stream: string, properties: object) =>
  JSON.stringify({
    type: 'SCHEMA',
    stream,
    schema: { type: 'object', properties: { id: { type: 'integer' }, ...properties } },
    key_properties: ['id'],
  });
const record = (stream: string, row: object) => JSON.stringify({ type: 'RECORD', stream, record: row, version: 1 });
const STATE = '{"type":"STATE","value":{"at":1}}';
const ACTIVATE = '{"type":"ACTIVATE_VERSION","stream":"s","version":1}';

const TEXT = { t: { type: ['null', 'string'] } };
const DAY = { d: { type: 'string', format: 'date' } };
const LOAD = [
  schema('s', TEXT),
  record('s', { id: 1, t: 'a' }),
  STATE,
  schema('u', {}),
  record('u', { id: 1 }),
  ACTIVATE,
];

interface TablePlan {
  readonly stream?: string;
  readonly table: string;
  readonly statements: readonly string[];
}

async function run(place: Place, lines: readonly string[], args: readonly string[], settings: object = {}) {
  const { name, environment } = place.program ?? { name: '', environment: {} };
  const prefix = name.toUpperCase().replace('-', '_');
  const own = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}_${key}`, String(value)]));
  const host = createTestHost(args, { environment: { ...environment, ...own } });
  host.input.end(lines.map((line) => `${line}\n`).join(''));
  const code = await MAINS[name]?.(host);
  return { code, out: host.outputText(), log: host.logText() };
}

/** What is planned, by stream. */
async function planned(place: Place, lines: readonly string[], settings: object = {}): Promise<readonly TablePlan[]> {
  const { code, out, log } = await run(place, lines, ['--plan', '--format', 'json'], settings);
  expect([code, log]).toEqual([0, expect.not.stringMatching(/error|exception/i)]);
  return JSON.parse(out).tables;
}

const statementsOf = (plans: readonly TablePlan[]) => plans.flatMap(({ statements }) => statements);

for (const database of [SQLITE, POSTGRES, MARIADB, MYSQL]) {
  describe.runIf(database.present)(`--plan of a target for ${database.name}`, () => {
    let running: RunningDatabase;
    beforeAll(async () => {
      running = await database.start();
    });
    afterAll(() => running.close());

    const open = async () => {
      const place = await running.open();
      onTestFinished(() => place.close());
      return place;
    };

    test('prints the statements of each stream, changes nothing and emits no state', async () => {
      const place = await open();
      const { code, out, log } = await run(place, LOAD, ['--plan']);
      expect([code, log]).toEqual([0, expect.not.stringMatching(/error|exception/i)]);
      expect(out).not.toContain('"at"');
      expect(out.match(/^-- .*$/gm)).toEqual([
        expect.stringMatching(/^-- s → (.*\.)?s$/),
        expect.stringMatching(/^-- u → (.*\.)?u$/),
      ]);
      expect(out.match(/^CREATE TABLE .*;$/gm)).toHaveLength(2);
      expect(await place.tables()).toEqual([]);
    });

    test('prints what leaves nothing to be planned once it has been run by hand', async () => {
      const place = await open();
      const plans = await planned(place, LOAD);
      expect(plans.map(({ stream }) => stream)).toEqual(['s', 'u']);
      for (const statement of statementsOf(plans)) await place.execute(statement);
      expect(statementsOf(await planned(place, LOAD))).toEqual([]);
      expect((await run(place, LOAD, ['--plan'])).out).toMatch(/^-- s → .*: nothing has to be changed$/m);
    });

    test('tells of new columns, also of a schema that changes on the way, and of values that need wider ones', async () => {
      const place = await open();
      expect(await run(place, LOAD, [])).toMatchObject({ code: 0, out: '{"at":1}\n' });
      const before = await place.stored('s');
      const lines = [
        schema('s', { ...TEXT, n: { type: 'integer' } }),
        record('s', { id: 1, t: 'b', n: 1.5 }),
        schema('s', { ...TEXT, ...DAY, n: { type: 'integer' } }),
        record('s', { id: 2, d: '2024-05-06T07:08:09Z' }),
      ];
      const [plan, ...others] = await planned(place, lines);
      expect(others).toEqual([]);
      const text = plan?.statements.join('\n') ?? '';
      expect(text).toMatch(/ADD COLUMN ["`]n["`]/);
      expect(text).toMatch(/ADD COLUMN ["`]d["`]/);
      expect(await place.stored('s')).toEqual(before);
      expect(await run(place, lines, [])).toMatchObject({ code: 0 });
      expect(statementsOf(await planned(place, lines))).toEqual([]);
    });

    test('leaves out the tables that a replacing load needs only while it lasts, and tells of the table of rejects', async () => {
      const place = await open();
      const overwriting = await planned(place, LOAD, { LOAD_METHOD: 'overwrite' });
      expect(overwriting.map(({ stream }) => stream)).toEqual(['s', 'u']);
      const bad = [schema('s', TEXT), record('s', { id: 'x' })];
      const rejecting = await planned(place, bad, { REJECTS_TABLE: 'put_aside' });
      expect(rejecting.map(({ stream, table }) => stream ?? table.replace(/^.*\./, ''))).toEqual(['s', 'put_aside']);
      expect(await place.tables()).toEqual([]);
    });

    test('ends as the load would when a record does not fit', async () => {
      const place = await open();
      const { code, out, log } = await run(place, [schema('s', TEXT), record('s', { id: 'x' })], ['--plan']);
      expect([code, out]).toEqual([1, '']);
      expect(log).toContain('[load.value-does-not-fit]');
      expect(await place.tables()).toEqual([]);
    });
  });
}

describe('--plan of target-sqlite', () => {
  const target = async (database: string) => {
    const host = createTestHost(['--plan'], { environment: { TARGET_SQLITE_DATABASE: database } });
    host.input.end(`${LOAD.join('\n')}\n`);
    return { code: await targetSqliteMain(host), out: host.outputText() };
  };

  test('makes no file', async () => {
    const database = join(mkdtempSync(join(tmpdir(), 'plan-')), 'none.db');
    expect(await target(database)).toEqual({ code: 0, out: expect.stringContaining('CREATE TABLE "s"') });
    expect(existsSync(database)).toBe(false);
  });

  test('leaves a file as it is to the byte', async () => {
    const database = join(mkdtempSync(join(tmpdir(), 'plan-')), 'some.db');
    const connection = new Database(database);
    connection.exec('CREATE TABLE s (id INTEGER)');
    connection.close();
    const before = readFileSync(database);
    expect(await target(database)).toEqual({ code: 0, out: expect.stringContaining('ADD COLUMN "t"') });
    expect(readFileSync(database).equals(before)).toBe(true);
  });
});
