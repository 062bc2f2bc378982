import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timestampText } from '../../src/load/timestamp.ts';
import { zoneNamed } from '../../src/load/zone.ts';

const HOUR = 3_600_000;

describe('a time without an offset', () => {
  test.each([
    ['Asia/Tokyo', '2026-01-02T12:00:00', '2026-01-02T03:00:00Z'],
    ['Asia/Tokyo', '2026-01-02 12:00:00.123456789', '2026-01-02T03:00:00.123456789Z'],
    ['Asia/Tokyo', '2026-01-02T12:00', '2026-01-02T03:00:00Z'],
    ['Asia/Kathmandu', '2026-01-02T12:00:00', '2026-01-02T06:15:00Z'],
    ['America/New_York', '2026-01-02T12:00:00', '2026-01-02T17:00:00Z'],
    ['America/New_York', '2026-07-02T12:00:00', '2026-07-02T16:00:00Z'],
    ['UTC', '2026-07-02T12:00:00', '2026-07-02T12:00:00Z'],
    ['Pacific/Apia', '2011-12-31T00:30:00', '2011-12-30T10:30:00Z'],
    ['Asia/Tokyo', '1887-01-01T00:00:00', '1886-12-31T14:41:01Z'],
    ['Asia/Tokyo', '9999-12-31T23:59:59', '9999-12-31T14:59:59Z'],
  ])('in %s: %s is %s', (zone, text, instant) => {
    expect(timestampText(text, zoneNamed(zone))).toBe(instant);
  });

  test.each(['2026-01-02T12:00:00Z', '2026-01-02T12:00:00+01:00', '2026-01-02'])(
    '%s is none: it means the same in any zone',
    (text) => {
      expect(timestampText(text, zoneNamed('Asia/Tokyo'))).toBe(timestampText(text));
    },
  );

  test.each([
    ['Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-11-01T01:00:00', '2026-11-01T05:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', '2026-04-04T14:45:00Z'],
  ])('that the clocks of %s show twice, %s, is the first of the two, %s', (zone, text, instant) => {
    expect(timestampText(text, zoneNamed(zone))).toBe(instant);
  });

  test.each([
    ['Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['America/New_York', '2026-03-08T02:00:00', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00Z'],
    ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00Z'],
  ])('that the clocks of %s skip, %s, goes on as if they had not, %s', (zone, text, instant) => {
    expect(timestampText(text, zoneNamed(zone))).toBe(instant);
  });

  test('of the year 1 that is an instant of the year before is none', () => {
    expect(timestampText('0001-01-01T00:00:00', zoneNamed('Asia/Tokyo'))).toBeUndefined();
    expect(timestampText('0001-01-01T12:00:00', zoneNamed('Asia/Tokyo'))).toBe('0001-01-01T02:41:01Z');
  });

  test('is what the clocks of the zone show at its instant, but for times that they skip', () => {
    const zones = ['Europe/Berlin', 'America/St_Johns', 'Asia/Tokyo', 'Africa/Casablanca', 'Australia/Lord_Howe'];
    const instants = fc.integer({ min: Date.UTC(1950, 0, 1) / HOUR, max: Date.UTC(2037, 0, 1) / HOUR });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, fc.integer({ min: 0, max: 59 }), (name, hours, minutes) => {
        const instant = hours * HOUR + minutes * 60_000;
        const shown = clock(name, instant);
        const found = timestampText(shown, zoneNamed(name)) ?? '';
        expect(clock(name, Date.parse(found))).toBe(shown);
        expect(Date.parse(found)).toBeLessThanOrEqual(instant);
      }),
      { numRuns: 300 },
    );
  });
});

test('a zone that does not exist is refused', () => {
  expect(() => zoneNamed('Asia/Tokio')).toThrow(
    expect.objectContaining({ code: 'config.invalid', path: 'timezone', recovery: 'configuration' }),
  );
});

function clock(timeZone: string, instant: number): string {
  return new Date(instant).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
}
