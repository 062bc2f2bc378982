import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAST, Timeline } from '../../../src/sandbox/seed/timeline.ts';

const timelines = fc
  .record({ issues: fc.integer({ min: 1, max: 5000 }), comments: fc.integer({ min: 0, max: 12 }) })
  .map(({ issues, comments }) => new Timeline(issues, comments));

const pasts = timelines.chain((timeline) =>
  fc.record({
    timeline: fc.constant(timeline),
    issue: fc.integer({ min: 0, max: timeline.issues - 1 }),
    place: fc.integer({ min: 0, max: timeline.places }),
    later: fc.integer({ min: 1, max: timeline.lastId }),
  }),
);

test('an id leads back to what it names', () => {
  fc.assert(
    fc.property(pasts, ({ timeline, issue, place }) => {
      const moment = timeline.moment(issue, place);
      expect(timeline.momentOf(timeline.id(moment))).toEqual(moment);
      expect(timeline.issueAt(moment)).toBe(issue);
    }),
  );
});

test('times rise with ids and stay in the past', () => {
  fc.assert(
    fc.property(pasts, ({ timeline, issue, place, later }) => {
      const moment = timeline.moment(issue, place);
      const other = timeline.momentOf(later);
      const [first, second] = timeline.id(moment) <= later ? [moment, other] : [other, moment];
      expect(timeline.time(first)).toBeLessThanOrEqual(timeline.time(second));
      expect(timeline.time(moment)).toBeGreaterThanOrEqual(PAST.start);
      expect(timeline.time(moment)).toBeLessThan(PAST.end);
    }),
  );
});

test('extra moments are never given twice and never belong to an issue', () => {
  const timeline = new Timeline(100, 4);
  const shares = Array.from({ length: 500 }, (_, index) => (index % 50) / 50);
  const moments = shares.map((share) => timeline.extra(share));
  expect(new Set(moments.map((moment) => timeline.id(moment))).size).toBe(500);
  for (const moment of moments) expect(timeline.issueAt(moment)).toBeUndefined();
});
