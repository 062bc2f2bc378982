import { describe, expect, test } from 'vitest';
import { record, schema, state } from '../../load/load-fixture.ts';
import type { OpenWorkshop } from '../workshop.ts';

const A = schema('a', { id: { type: 'integer' } });
const B = schema('b', { id: { type: 'integer' }, day: { type: ['null', 'string'], format: 'date' } });

export function stateBehaviours(open: OpenWorkshop): void {
  describe('a state', () => {
    test('is released when the rows before it are committed, and not before', async () => {
      const { start, column } = await open();
      const { loader, states } = start();
      await loader.write([A, record('a', { id: 1 }), state({ a: 1 }), record('a', { id: 2 })]);
      expect(states).toEqual([]);
      await loader.flush();
      expect(states).toEqual([{ a: 1 }]);
      expect(await column('a', 'id')).toEqual([1, 2]);
    });

    test('of each batch is the newest whose rows are all there', async () => {
      const { load } = await open();
      const steps = [1, 2, 3, 4, 5, 6].flatMap((id) => [record('a', { id }), record('b', { id }), state({ id })]);
      const { states } = await load([A, B, ...steps], { batchRows: 5 });
      expect(states).toEqual([{ id: 2 }, { id: 4 }, { id: 6 }]);
    });

    test('comes though no rows do', async () => {
      const { load } = await open();
      expect((await load([A, state({ a: 0 })])).states).toEqual([{ a: 0 }]);
    });

    test('of one stream survives the failure of another', async () => {
      const { start, column } = await open();
      const { loader, states } = start();
      const given = loader.write([
        A,
        B,
        record('a', { id: 1 }),
        state({ a: 1 }),
        record('b', { id: 1, day: 'never' }),
        state({ a: 1, b: 1 }),
      ]);
      await expect(given.then(() => loader.finish())).rejects.toMatchObject({ code: 'load.value-does-not-fit' });
      expect(states).toEqual([{ a: 1 }]);
      expect(await column('a', 'id')).toEqual([1]);
      expect(await column('b', 'id')).toEqual([]);
    });

    test('is released by rows, by bytes and by time', async () => {
      const { start } = await open();
      const byRows = start({ batchRows: 2 });
      await byRows.loader.write([A, record('a', { id: 1 }), state(1), record('a', { id: 2 }), record('a', { id: 3 })]);
      expect(byRows.states).toEqual([1]);
      const byBytes = start({ batchBytes: 10 });
      await byBytes.loader.write([A, record('a', { id: 3 }), state(3), record('a', { id: 4 })]);
      await byBytes.loader.write([record('a', { id: 7 })]);
      expect(byBytes.states).toEqual([3]);
      const byTime = start({ batchSeconds: 60 });
      await byTime.loader.write([A, record('a', { id: 5 }), state(5)]);
      byTime.clock.advance(61);
      await byTime.loader.write([record('a', { id: 6 })]);
      expect(byTime.states).toEqual([5]);
    });
  });
}
