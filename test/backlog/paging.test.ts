import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readById, readByOffset } from '../../src/backlog/paging.ts';

const idOf = (row: number) => row;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const rows: T[] = [];
  for await (const page of pages) {
    expect(page.length).toBeGreaterThan(0);
    rows.push(...page);
  }
  return rows;
}

describe('by offset', () => {
  test.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [99, 1],
    [100, 2],
    [101, 2],
    [1001, 11],
  ])('%i rows come once each, by %i requests', async (count, requests) => {
    let made = 0;
    const fetchPage = async (offset: number, size: number) => {
      made += 1;
      return numbers(count).slice(offset, offset + size);
    };
    expect(await collect(readByOffset({ fetchPage, idOf }))).toEqual(numbers(count));
    expect(made).toBe(requests);
  });

  test('a list in which nothing moves is read without overlap', async () => {
    const offsets: number[] = [];
    const fetchPage = async (offset: number, size: number) => {
      offsets.push(offset);
      return numbers(250).slice(offset, offset + size);
    };
    expect(await collect(readByOffset({ fetchPage, idOf, overlap: 0 }))).toEqual(numbers(250));
    expect(offsets).toEqual([0, 100, 200]);
  });

  test('a page is asked for only when the one before has been taken', async () => {
    const offsets: number[] = [];
    const fetchPage = async (offset: number, size: number) => {
      offsets.push(offset);
      return numbers(1000).slice(offset, offset + size);
    };
    for await (const page of readByOffset({ fetchPage, idOf })) {
      expect(page).toHaveLength(100);
      break;
    }
    expect(offsets).toEqual([0]);
  });

  test('no row is lost when every row read so far is deleted', async () => {
    let list = numbers(1000);
    const given = new Set<number>();
    const fetchPage = async (offset: number, size: number) => list.slice(offset, offset + size);
    for await (const page of readByOffset({ fetchPage, idOf })) {
      for (const row of page) given.add(row);
      if (given.size === 496) list = list.filter((row) => row > 490 && row !== 496);
    }
    expect([...given]).toEqual(numbers(1000));
  });

  test('whatever is deleted, inserted and appended meanwhile, each row that stays comes exactly once', async () => {
    const change = fc.record({
      delete: fc.array(fc.nat(), { maxLength: 12 }),
      insert: fc.array(fc.nat(), { maxLength: 4 }),
      append: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.array(change, { maxLength: 30 }),
        async (count, changes) => {
          let list = numbers(count);
          let next = 10_000;
          let turn = 0;
          const stays = new Set(list);
          const apply = ({ delete: gone, insert, append }: (typeof changes)[number]) => {
            for (const at of gone) for (const row of list.splice(at % (list.length + 1), 1)) stays.delete(row);
            for (const at of insert) list.splice(at % (list.length + 1), 0, next++);
            list = [...list, ...Array.from({ length: append }, () => next++)];
          };
          const fetchPage = async (offset: number, size: number) => {
            const page = list.slice(offset, offset + size);
            const due = changes[turn++];
            if (due) apply(due);
            return page;
          };
          const rows = await collect(readByOffset({ fetchPage, idOf, pageSize: 7 }));
          expect(new Set(rows).size).toBe(rows.length);
          expect([...stays].filter((row) => !rows.includes(row))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe.each([
  ['with', true],
  ['without', false],
])('by id, %s the bound itself', (_, inclusive) => {
  const beyond = (row: number, bound: number) => (inclusive ? row >= bound : row > bound);
  const upwards = (list: readonly number[]) => async (bound: string | number | undefined, size: number) =>
    list.filter((row) => bound === undefined || beyond(row, Number(bound))).slice(0, size);
  const downwards = (list: readonly number[]) => async (bound: string | number | undefined, size: number) =>
    list
      .toReversed()
      .filter((row) => bound === undefined || beyond(-row, -Number(bound)))
      .slice(0, size);

  test('rows come once each in both directions, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(330), fc.integer({ min: 2, max: 110 }), async (count, pageSize) => {
        const list = numbers(count).map((row) => row * 3);
        expect(await collect(readById({ fetchPage: upwards(list), idOf, pageSize }))).toEqual(list);
        expect(await collect(readById({ fetchPage: downwards(list), idOf, pageSize }))).toEqual(list.toReversed());
      }),
    );
  });

  test('reading begins behind a known row', async () => {
    expect(await collect(readById({ fetchPage: upwards(numbers(300)), idOf, after: 120 }))).toEqual(
      numbers(300).slice(120),
    );
    expect(await collect(readById({ fetchPage: upwards(numbers(300)), idOf, after: 300 }))).toEqual([]);
  });

  test('300 rows cost few requests', async () => {
    let made = 0;
    const fetchPage = (bound: string | number | undefined, size: number) => {
      made += 1;
      return downwards(numbers(300))(bound, size);
    };
    expect(await collect(readById({ fetchPage, idOf }))).toHaveLength(300);
    expect(made).toBe(4);
  });
});
