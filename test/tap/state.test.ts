import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cursor, TapState } from '../../src/message/state.ts';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { cursorIn, earliestState, withCursor } from '../../src/tap/state.ts';
import { usableState } from '../../src/tap/usable-state.ts';

const instant = fc
  .date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2030-01-01') })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);

const cursor: fc.Arbitrary<Cursor> = fc.oneof(
  fc.record({ at: instant }),
  fc.record({ at: instant, scan: fc.record({ created: instant, started: instant }) }),
  fc.record({ at: instant, own: fc.record({ comment_id: fc.nat() }) }),
);

const state: fc.Arbitrary<TapState> = fc.record({
  bookmarks: fc.dictionary(
    fc.constantFrom('issues', 'issue_comments', 'issue_stars'),
    fc.dictionary(fc.constantFrom('101', '102', 'space'), cursor),
  ),
});

describe('the earliest of several states', () => {
  test('has read no more than any of them', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 4 }), (states) => {
        const earliest = earliestState(states);
        for (const [stream, bookmark] of Object.entries(earliest?.bookmarks ?? {}))
          for (const [slice, { at }] of Object.entries(bookmark))
            for (const each of states) expect(at <= String(cursorIn(each, stream, slice)?.at)).toBe(true);
      }),
    );
  });

  test('lacks what one of them lacks', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 3 }), (states) => {
        const earliest = earliestState(states);
        for (const stream of ['issues', 'issue_comments', 'issue_stars'])
          for (const slice of ['101', '102', 'space']) {
            const everywhere = states.every((each) => cursorIn(each, stream, slice) !== undefined);
            expect(cursorIn(earliest, stream, slice) !== undefined).toBe(everywhere);
          }
      }),
    );
    expect(earliestState([{ bookmarks: {} }, undefined])).toBeUndefined();
    expect(earliestState([])).toBeUndefined();
  });

  test('is no end of a reading where one of them is on its way, and keeps what they agree on', () => {
    const common = (one: Cursor, other: Cursor) =>
      earliestState([one, other].map((each) => ({ bookmarks: { issues: { 101: each } } })))?.bookmarks.issues?.[101];
    const done = { at: '2026-01-02T00:00:00Z', activity: 9, columns: 'abc' };
    const scan = { created: '2026-01-01T00:00:00Z', started: '2026-01-02T00:00:00Z' };
    const begun = { at: '1970-01-01T00:00:00Z', activity: 5, columns: 'abc' };
    expect(common(done, { ...begun, scan })).toEqual({ ...begun, again: true });
    expect(common({ ...begun, again: true }, done)).toEqual({ ...begun, again: true });
    expect(common(done, { ...done, at: '2026-01-01T00:00:00Z' })).toEqual({ ...done, at: '2026-01-01T00:00:00Z' });
    expect(common({ ...done, columns: 'abd' }, done)).toEqual({ at: done.at, activity: 9 });
    expect(common({ ...begun, scan }, { ...begun, scan })).toEqual({ ...begun, scan });
  });

  test('of one, or of equal ones, is that one; the order does not matter', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        expect(earliestState([a, a])).toEqual(a);
        expect(earliestState([a, b])).toEqual(earliestState([b, a]));
      }),
    );
  });

  test('keeps no detail that one of them does not share, but that the reading was on its way', () => {
    const one = { bookmarks: { issues: { 101: { at: '2026-01-01T00:00:00Z', scan: { created: 'x' } } } } };
    const other = { bookmarks: { issues: { 101: { at: '2026-02-01T00:00:00Z' } } } };
    expect(earliestState([one, other])).toEqual({
      bookmarks: { issues: { 101: { at: '2026-01-01T00:00:00Z', again: true } } },
    });
  });

  test('orders ids as numbers', () => {
    const stateAt = (at: number) => ({ bookmarks: { activities: { space: { at } } } });
    expect(earliestState([stateAt(100), stateAt(9)])).toEqual(stateAt(9));
  });
});

test('a cursor put in leaves everything else as it was', () => {
  fc.assert(
    fc.property(state, cursor, (before, put) => {
      const after = withCursor(before, 'issues', '101', put);
      expect(cursorIn(after, 'issues', '101')).toEqual(put);
      const { issues: _, ...others } = after.bookmarks;
      const { issues, ...othersBefore } = before.bookmarks;
      expect(others).toEqual(othersBefore);
      expect({ ...after.bookmarks.issues, 101: undefined }).toEqual({ ...issues, 101: undefined });
    }),
  );
});

describe('a state that is given', () => {
  const use = (given: unknown) => {
    const lines: LogLine[] = [];
    return {
      state: usableState(
        given,
        createLogger('debug', (line) => lines.push(line)),
      ),
      lines,
    };
  };

  test('of ours is taken as it is, unknown streams included', () => {
    const given = {
      bookmarks: { issues: { 101: { at: '2026-01-01T00:00:00Z', window: {} } }, later: { anything: [1] } },
      currently_syncing: 'issues',
    };
    expect(use(given)).toEqual({ state: given, lines: [] });
  });

  test.each([undefined, null, {}, { bookmarks: {} }])('that is empty says nothing: %j', (given) => {
    expect(use(given)).toEqual({ state: { bookmarks: {} }, lines: [] });
  });

  test.each([[[]], ['text'], [{ bookmarks: [] }]])('that is no state is told and not used: %j', (given) => {
    const { state: used, lines } = use(given);
    expect(used).toEqual({ bookmarks: {} });
    expect(lines.map(({ level }) => level)).toEqual(['warning']);
  });

  test('with the bookmark of another tap reads that stream from the beginning, and says so', () => {
    const ours = { 101: { at: '2026-01-01T00:00:00Z' } };
    const { state: used, lines } = use({
      bookmarks: { issues: { replication_key: 'updated', replication_key_value: '2026' }, issue_stars: ours },
    });
    expect(used).toEqual({ bookmarks: { issues: {}, issue_stars: ours } });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text.en).toContain('issues');
  });
});
