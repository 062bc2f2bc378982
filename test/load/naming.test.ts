import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitName, type NameRules, nameColumns } from '../../src/load/naming.ts';

const SQLITE: NameRules = { limit: Number.POSITIVE_INFINITY, unit: 'characters', foldsCase: true };
const POSTGRES: NameRules = { limit: 63, unit: 'bytes', foldsCase: false };
const MYSQL: NameRules = { limit: 64, unit: 'characters', foldsCase: true };

function named(properties: readonly string[], rules: NameRules, existing: readonly string[] = []) {
  return nameColumns(new Map(properties.map((property) => [property, property])), rules, existing);
}

describe('column names', () => {
  test('keep any script, spaces, quotes and reserved words', () => {
    const properties = ['課題', '件名 1', 'say "hi"', 'select', '1st', '👍', 'a-b.c'];
    expect([...named(properties, POSTGRES).values()]).toEqual(properties);
  });

  test('are shortened by bytes where the database counts bytes', () => {
    const name = fitName('課'.repeat(40), POSTGRES);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^課{18}_[0-9a-f]{8}$/);
    expect(fitName('課'.repeat(40), MYSQL)).toBe('課'.repeat(40));
  });

  test('that the database keeps for itself end in a hash', () => {
    const rules = { ...POSTGRES, reserved: new Set(['ctid']) };
    expect([...named(['ctid', 'CTID'], rules).values()]).toEqual([expect.stringMatching(/^ctid_[0-9a-f]{8}$/), 'CTID']);
  });

  test('that begin alike beyond the limit stay different', () => {
    const [one, two] = named([`${'x'.repeat(70)}1`, `${'x'.repeat(70)}2`], POSTGRES).values();
    expect(one).not.toBe(two);
  });

  test('that differ in case alone are told apart where the database does not', () => {
    expect([...named(['Name', 'name'], POSTGRES).values()]).toEqual(['Name', 'name']);
    expect([...named(['Name', 'name'], SQLITE).values()]).toEqual([
      'Name',
      expect.stringMatching(/^name_[0-9a-f]{8}$/),
    ]);
  });

  test('do not change when properties come in another order later', () => {
    const first = named(['Name', 'name', 'NAME'], SQLITE);
    const later = named(['NAME', 'name', 'Name'], SQLITE, [...first.values()]);
    expect(new Map(later)).toEqual(new Map(first));
  });

  test('stay with the property that had them before a newcomer came', () => {
    const names = named(['Name', 'name'], SQLITE, ['name']);
    expect(names.get('name')).toBe('name');
    expect(names.get('Name')).not.toBe('Name');
  });

  test('take over a column that differs in case alone', () => {
    expect(named(['id'], SQLITE, ['ID']).get('id')).toBe('ID');
  });

  test('of two properties with one wish stay apart', () => {
    const wishes = new Map([
      ['a_b', 'AB'],
      ['aB', 'AB'],
    ]);
    const names = [...nameColumns(wishes, SQLITE).values()];
    expect(new Set(names).size).toBe(2);
    expect(names[0]).toBe('AB');
  });

  const anyRules = fc.constantFrom(SQLITE, POSTGRES, MYSQL, { limit: 12, unit: 'bytes', foldsCase: true } as const);
  const anyProperty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 90 }),
    fc.constantFrom('a', 'A', 'b', 'B', 'ab', 'aB', 'Ab'),
  );

  test('are always different to the database, within its limit, and free of control characters', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyProperty, { maxLength: 20 }), anyRules, (properties, rules) => {
        const names = [...named(properties, rules).values()];
        const folded = names.map((name) => (rules.foldsCase ? name.toLowerCase() : name));
        expect(new Set(folded).size).toBe(properties.length);
        for (const name of names) {
          expect(rules.unit === 'bytes' ? Buffer.byteLength(name) : name.length).toBeLessThanOrEqual(rules.limit);
          expect([...name].every((character) => character >= ' ' && character !== '\x7f')).toBe(true);
          expect(name).not.toBe('');
        }
      }),
    );
  });

  test('once given stay the same in a second run in any order', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(anyProperty, { maxLength: 12 })
          .chain((properties) =>
            fc.tuple(fc.constant(properties), fc.shuffledSubarray(properties, { minLength: properties.length })),
          ),
        anyRules,
        ([properties, shuffled], rules) => {
          const first = named(properties, rules);
          const second = named(shuffled, rules, [...first.values()]);
          for (const property of properties) expect(second.get(property)).toBe(first.get(property));
        },
      ),
    );
  });
});
