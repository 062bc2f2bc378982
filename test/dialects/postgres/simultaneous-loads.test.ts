import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/load/dialect.ts';
import { CellRows } from '../../../src/load/rows/cell-rows.ts';
import type { TableName } from '../../../src/load/table.ts';
import { load, record, schema } from '../../load/load-fixture.ts';
import { hasPostgres } from '../../servers/postgres-server.ts';
import { mayRun } from '../../servers/required.ts';
import { useServer } from './postgres-fixture.ts';

const INTEGER = { type: 'integer' };
const TEXT = { type: ['null', 'string'] };

/** Lets everybody through once so many have come. */
function meetingOf(guests: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length >= guests) for (const go of waiting) go();
    });
}

describe.runIf(mayRun('PostgreSQL', hasPostgres()))('PostgreSQL: loaders at the same time', () => {
  const server = useServer();

  test('on one session take turns', async () => {
    const { session, query } = await server.open();
    const loads = ['a', 'b', 'c'].map((stream) =>
      load(
        session,
        [schema(stream, { id: INTEGER }), ...Array.from({ length: 20 }, (_, id) => record(stream, { id }))],
        {
          batchRows: 3,
        },
      ),
    );
    const failing = load(session, [schema('d', { id: INTEGER }), record('d', { id: 'x' })]);
    await expect(failing).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
    const reports = await Promise.all(loads);
    expect(reports.flatMap(({ tables }) => [...tables.values()].map(({ inserted }) => inserted))).toEqual([20, 20, 20]);
    expect(await query('SELECT count(*) AS n FROM c')).toEqual([{ n: '20' }]);
  });

  test('in several programs make the same schema and table once, and no row twice', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => server.open({ schema: 'shared' })));
    const given = [
      schema('people', { id: INTEGER, name: TEXT }, ['id', 'name']),
      ...Array.from({ length: 200 }, (_, id) => record('people', { id, name: id % 2 === 0 ? null : 'x' })),
    ];
    const reports = await Promise.all(databases.map(({ session }) => load(session, given, { batchRows: 20 })));
    const figures = reports.map(({ tables }) => tables.get('people'));
    const total = (field: 'inserted' | 'updated' | 'unchanged') =>
      figures.reduce((sum, figure) => sum + (figure?.[field] ?? 0), 0);
    expect([total('inserted'), total('updated'), total('unchanged')]).toEqual([200, 0, 600]);
    expect(await databases[0]?.query('SELECT count(*) AS n FROM shared.people')).toEqual([{ n: '200' }]);
  });

  test('that stand in each other’s way are run again', async () => {
    const [one, two] = [await server.open(), await server.open()];
    const tables = ['a', 'b'].map((name) => ({ schema: one.schema, name }));
    await load(one.session, [schema('a', { id: INTEGER }), schema('b', { id: INTEGER })], {
      tableOf: (name) => ({ schema: one.schema, name }),
    });
    const meet = meetingOf(2);
    let attempts = 0;
    const insertInto = (session: Session, order: readonly TableName[], id: number) =>
      session.transaction(async (transaction) => {
        attempts += 1;
        for (const table of order) {
          await transaction.upsert({ table, columns: ['id'], key: ['id'], compared: [] }, new CellRows([[id]]));
          await meet();
        }
      });
    await Promise.all([insertInto(one.session, tables, 1), insertInto(two.session, tables.toReversed(), 2)]);
    expect(attempts).toBe(3);
    expect(await one.query('SELECT count(*) AS n FROM a, b')).toEqual([{ n: '4' }]);
  });
});
