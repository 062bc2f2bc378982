import { expect, it } from 'vitest';
import { fanOut } from '../../../src/jobs/run/fan-out.ts';
import type { StatementRun } from '../../../src/jobs/run/statement-run.ts';
import type { Message } from '../../../src/message/message.ts';
import type { TapReport } from '../../../src/tap/tap.ts';

const REPORT: TapReport = { failures: [], requests: new Map(), rows: new Map([['a', 3]]) };

interface Reader {
  readonly given: number[];
  ended: boolean;
  read(): AsyncGenerator<readonly Message[], TapReport, undefined>;
}

function reader(groups: number): Reader {
  return {
    given: [],
    ended: false,
    async *read() {
      try {
        for (let group = 0; group < groups; group++) {
          this.given.push(group);
          yield [{ type: 'state', value: group }];
        }
        return REPORT;
      } finally {
        this.ended = true;
      }
    },
  };
}

/** A statement that notes what it gets and fails at the given group. */
function statement(failsAt = Number.POSITIVE_INFINITY) {
  const got: unknown[] = [];
  const run: StatementRun = {
    table: 'T',
    get failed() {
      return got.length >= failsAt;
    },
    async write(messages) {
      got.push(...messages.map((message) => message.type === 'state' && message.value));
    },
    finish: () => Promise.reject(new Error('not of this test')),
    progress: () => ({ table: 'T', phase: 'reading', rows: 0, seconds: 0, requests: 0 }),
  };
  return { run, got };
}

it('gives every statement everything, in order, and returns the report', async () => {
  const one = statement();
  const other = statement();
  expect(await fanOut(reader(3).read(), [one.run, other.run])).toBe(REPORT);
  expect(one.got).toEqual([0, 1, 2]);
  expect(other.got).toEqual([0, 1, 2]);
});

it('goes on for the others when one statement has failed', async () => {
  const failing = statement(1);
  const other = statement();
  expect(await fanOut(reader(3).read(), [failing.run, other.run])).toBe(REPORT);
  expect(other.got).toEqual([0, 1, 2]);
});

it('stops reading when no statement is left', async () => {
  const source = reader(100);
  const messages = source.read();
  expect(await fanOut(messages, [statement(1).run, statement(2).run])).toBeUndefined();
  expect(source.given).toEqual([0, 1]);
  expect(source.ended).toBe(true);
});

it('does not ask for more before the slowest statement is ready', async () => {
  const source = reader(3);
  let release: () => void = () => undefined;
  const slow: StatementRun = {
    ...statement().run,
    write: () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  };
  const done = fanOut(source.read(), [statement().run, slow]);
  await new Promise(setImmediate);
  expect(source.given).toEqual([0]);
  for (let group = 0; group < 3; group++) {
    release();
    await new Promise(setImmediate);
  }
  expect(await done).toBe(REPORT);
});

it('passes on what ends the reading', async () => {
  async function* broken(): AsyncGenerator<readonly Message[], TapReport, undefined> {
    yield [];
    throw new Error('network');
  }
  await expect(fanOut(broken(), [statement().run])).rejects.toThrow('network');
});
