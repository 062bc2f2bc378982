import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysIn } from '../../../src/sandbox/endpoints/space-day.ts';

const HOUR = 3_600_000;

test.each([
  ['Asia/Tokyo', '2026-01-10', '2026-01-09T15:00:00Z', 24],
  ['UTC', '2026-01-10', '2026-01-10T00:00:00Z', 24],
  ['America/New_York', '2026-01-10', '2026-01-10T05:00:00Z', 24],
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 23],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 25],
  ['Asia/Kolkata', '2026-01-10', '2026-01-09T18:30:00Z', 24],
])('in %s the day %s begins at %s and has %i hours', (zone, day, begin, hours) => {
  const { from, to } = daysIn(zone, day, day);
  expect(new Date(from)).toEqual(new Date(begin));
  expect(to - from).toBe(hours * HOUR);
});

test('days follow each other without gap or overlap', () => {
  const zones = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland');
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      const [day, next] = [instant, instant + 24 * HOUR].map((time) => new Date(time).toISOString().slice(0, 10));
      expect(daysIn(zone, day, day).to).toBe(daysIn(zone, next, next).from);
    }),
  );
});

test('an open end is open', () => {
  expect(daysIn('UTC', undefined, undefined)).toEqual({ from: -Infinity, to: Infinity });
});
