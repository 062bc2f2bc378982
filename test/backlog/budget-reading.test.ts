import { expect, test } from 'vitest';
import { readBudgetHeaders, toReading } from '../../src/backlog/budget-reading.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const SECOND = NOW / 1000;
const headersOf = (limit: string, remaining: string, reset?: string, date?: number) => ({
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
  date: date === undefined ? undefined : new Date(date).toUTCString(),
});

test.each([
  ['as the API tells it', headersOf('600', '599', `${SECOND + 30}`), NOW + 30_000],
  ['with a fraction', headersOf('600', '599', `${SECOND + 0.25}`), NOW + 250],
  ['over since a moment', headersOf('600', '599', `${SECOND - 1}`), NOW - 1000],
  ['in the past', headersOf('600', '599', `${SECOND - 100}`), undefined],
  ['far away', headersOf('600', '599', `${SECOND + 86_400}`), undefined],
  ['in milliseconds', headersOf('600', '599', `${NOW + 30_000}`), undefined],
  ['absent', headersOf('600', '599'), undefined],
  ['no number', headersOf('600', '599', 'soon'), undefined],
  ['right by the clock of the answer', headersOf('600', '599', `${SECOND + 3630}`, NOW + 3_600_000), NOW + 3_630_000],
  ['wrong by the clock of the answer', headersOf('600', '599', `${SECOND + 30}`, NOW + 3_600_000), undefined],
])('the end of a window: %s', (_, headers, reset) => {
  expect(readBudgetHeaders(headers, NOW)).toEqual({ limit: 600, remaining: 599, reset });
});

test.each([{}, headersOf('', ''), headersOf('many', '1'), headersOf('600', '-1')])(
  'nothing is read from %j',
  (headers) => {
    expect(readBudgetHeaders(headers, NOW)).toBeUndefined();
  },
);

test.each([undefined, null, 7, [], { limit: '600', remaining: 1 }])('nothing is read from the entry %j', (entry) => {
  expect(toReading(entry, NOW)).toBeUndefined();
});
