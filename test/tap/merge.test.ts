import { describe, expect, test } from 'vitest';
import { ahead, inOrder } from '../../src/tap/ahead.ts';
import { merge } from '../../src/tap/merge.ts';

async function* numbers(from: number, count: number, log: string[] = []): AsyncGenerator<number> {
  try {
    for (let step = 0; step < count; step++) {
      log.push(`make ${from + step}`);
      yield from + step;
    }
  } finally {
    log.push(`end ${from}`);
  }
}

async function* failing(after: number): AsyncGenerator<number> {
  yield* numbers(0, after);
  throw new Error('broken');
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of source) values.push(value);
  return values;
}

const noStop = () => undefined;

describe('merge', () => {
  test('gives everything, each source in its order', async () => {
    const merged = await all(merge([numbers(0, 50), numbers(100, 3), numbers(200, 20)], 2, noStop));
    expect(merged.filter((value) => value < 100)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(merged.filter((value) => value >= 200)).toHaveLength(20);
    expect(merged).toHaveLength(73);
  });

  test('starts no more sources than its width', async () => {
    const log: string[] = [];
    const merged = merge([numbers(0, 1, log), numbers(10, 1, log), numbers(20, 1, log)], 2, noStop);
    await merged.next();
    expect(log).not.toContain('make 20');
    await all(merged);
    expect(log).toContain('make 20');
  });

  test('is at most one step ahead of whoever reads', async () => {
    const log: string[] = [];
    const merged = merge([numbers(0, 9, log)], 1, noStop);
    await merged.next();
    await new Promise(setImmediate);
    expect(log).toEqual(['make 0', 'make 1']);
  });

  test('ends all sources on the first failure, after telling them to stop', async () => {
    const log: string[] = [];
    const merged = merge([failing(2), numbers(0, 1000, log)], 2, () => log.push('stop'));
    await expect(all(merged)).rejects.toThrow('broken');
    expect(log.slice(-2)).toEqual(['stop', 'end 0']);
  });

  test('ends its sources when the reader stops early', async () => {
    const log: string[] = [];
    for await (const value of merge([numbers(0, 1000, log)], 1, () => log.push('stop'))) if (value === 5) break;
    expect(log.slice(-2)).toEqual(['stop', 'end 0']);
  });
});

describe('inOrder', () => {
  test('keeps the order of the sources and fetches the first steps of the next', async () => {
    const log: string[] = [];
    const source = inOrder([numbers(0, 2, log), numbers(10, 2, log), numbers(20, 2, log)], 2);
    await source.next();
    expect(log).toEqual(['make 0', 'make 10']);
    expect(await all(source)).toEqual([1, 10, 11, 20, 21]);
  });

  test('passes a failure on where it belongs', async () => {
    const source = inOrder([numbers(0, 2), failing(1), numbers(10, 2)], 3);
    const values: number[] = [];
    await expect(
      (async () => {
        for await (const value of source) values.push(value);
      })(),
    ).rejects.toThrow('broken');
    expect(values).toEqual([0, 1, 0]);
  });
});

describe('ahead', () => {
  test('gives the same, one step early', async () => {
    const log: string[] = [];
    const source = ahead(numbers(0, 3, log));
    await source.next();
    await new Promise(setImmediate);
    expect(log).toEqual(['make 0', 'make 1']);
    expect(await all(source)).toEqual([1, 2]);
  });

  test('ends its source when the reader stops early', async () => {
    const log: string[] = [];
    for await (const _ of ahead(numbers(0, 9, log))) break;
    expect(log.at(-1)).toBe('end 0');
  });
});
