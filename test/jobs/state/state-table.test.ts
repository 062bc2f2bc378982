import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readStateRow, type StatementState, stateRecord } from '../../../src/jobs/state/state-table.ts';

const state: StatementState = {
  destination: 'Issues',
  source: 'example.backlog.jp',
  account: '42',
  credential: 'abcd',
  statement: 'ef01',
  state: { bookmarks: { issues: { '7': { at: '2026-01-01T00:00:00Z' } } } },
};

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.record({ at: fc.string() }))), (bookmarks) => {
      const written = { ...state, state: { bookmarks } };
      expect(readStateRow(stateRecord(written, 0).record)).toEqual(JSON.parse(JSON.stringify(written)));
    }),
  );
});

it.each(['', 'null', '[]', '{}', '{"bookmarks":3}', '{"bookm'])('takes a state of %j for none', (json) => {
  expect(readStateRow({ ...stateRecord(state, 0).record, state: json })).toBeUndefined();
});
