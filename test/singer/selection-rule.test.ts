import { describe, expect, test } from 'vitest';
import { isSelected, type Metadata, MetadataMap } from '../../src/singer/selection-rule.ts';

const ROOT: string[] = [];
const COLUMN = ['properties', 'a'];

const INCLUSIONS = [undefined, 'available', 'automatic', 'unsupported'] as const;
const FLAGS = [undefined, true, false] as const;

function metadataOf(inclusion: Metadata['inclusion'], selected?: boolean, byDefault?: boolean): Metadata {
  return {
    ...(inclusion === undefined ? {} : { inclusion }),
    ...(selected === undefined ? {} : { selected }),
    ...(byDefault === undefined ? {} : { 'selected-by-default': byDefault }),
  };
}

/**
 * What an entry decides by itself, written out as a table: rows are `inclusion`, columns are `selected` and
 * `selected-by-default` in the order of FLAGS. `+` selected, `-` not selected, `p` as the parent.
 */
const TABLE = {
  //            selected: –    true   false
  undefined: ['p+-', '+++', '---'],
  available: ['p+-', '+++', '---'],
  automatic: ['+++', '+++', '+++'],
  unsupported: ['---', '---', '---'],
} as const;

const CASES = INCLUSIONS.flatMap((inclusion) =>
  FLAGS.flatMap((selected, row) =>
    FLAGS.map((byDefault, column) => ({
      inclusion,
      selected,
      byDefault,
      answer: TABLE[`${inclusion}`][row]?.[column] as '+' | '-' | 'p',
    })),
  ),
);

describe('the selection rule', () => {
  test('without any metadata everything is selected', () => {
    const none = new MetadataMap([]);
    expect(isSelected(none, ROOT)).toBe(true);
    expect(isSelected(none, COLUMN)).toBe(true);
  });

  test.each(CASES)('stream: $inclusion, selected $selected, by default $byDefault → $answer', (given) => {
    const metadata = metadataOf(given.inclusion, given.selected, given.byDefault);
    const map = new MetadataMap([{ breadcrumb: ROOT, metadata }]);
    expect(isSelected(map, ROOT)).toBe(given.answer === '+');
  });

  test.each(CASES)('column: $inclusion, selected $selected, by default $byDefault → $answer', (given) => {
    const entry = { breadcrumb: COLUMN, metadata: metadataOf(given.inclusion, given.selected, given.byDefault) };
    const under = (selected: boolean) => new MetadataMap([{ breadcrumb: ROOT, metadata: { selected } }, entry]);
    expect(isSelected(under(true), COLUMN)).toBe(given.answer !== '-');
    expect(isSelected(under(false), COLUMN)).toBe(false);
  });

  test('an entry that is missing follows its parent', () => {
    const on = new MetadataMap([{ breadcrumb: ROOT, metadata: { selected: true } }]);
    const off = new MetadataMap([{ breadcrumb: ROOT, metadata: { selected: false } }]);
    expect(isSelected(on, COLUMN)).toBe(true);
    expect(isSelected(off, COLUMN)).toBe(false);
  });

  test('a stream without an entry of its own is not selected when its columns have some', () => {
    const map = new MetadataMap([{ breadcrumb: COLUMN, metadata: { selected: true } }]);
    expect(isSelected(map, ROOT)).toBe(false);
    expect(isSelected(map, COLUMN)).toBe(false);
  });

  test('a nested property follows its parent property', () => {
    const map = new MetadataMap([
      { breadcrumb: ROOT, metadata: { selected: true } },
      { breadcrumb: COLUMN, metadata: { selected: false } },
      { breadcrumb: [...COLUMN, 'properties', 'b'], metadata: { selected: true, inclusion: 'automatic' } },
      { breadcrumb: ['properties', 'c'], metadata: { inclusion: 'available' } },
    ]);
    expect(isSelected(map, [...COLUMN, 'properties', 'b'])).toBe(false);
    expect(isSelected(map, ['properties', 'c', 'properties', 'd'])).toBe(true);
  });
});
