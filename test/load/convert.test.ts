import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../src/load/column-type.ts';
import { CONVERTERS, Misfit } from '../../src/load/convert.ts';
import { decimalText, exactDouble } from '../../src/load/decimal.ts';
import { jsonText } from '../../src/load/json-text.ts';
import { dateText, timestampText, timeText } from '../../src/load/timestamp.ts';
import { ExactNumber, type Value } from '../../src/message/value.ts';

function misfit(type: ColumnType, value: Value): Misfit | undefined {
  try {
    CONVERTERS[type](value);
    return undefined;
  } catch (error) {
    return error instanceof Misfit ? error : undefined;
  }
}

describe('an integer column', () => {
  test.each<[Value, unknown]>([
    [5, 5],
    [-0, 0],
    [9007199254740993n, 9007199254740993n],
    [5n, 5],
    ['42', 42],
    [1e3, 1000],
    [new ExactNumber('1.0e3'), 1000],
    [-9223372036854775808n, -9223372036854775808n],
  ])('holds %s', (value, expected) => {
    expect(CONVERTERS.integer(value)).toBe(expected);
  });

  test.each<[Value, ColumnType | undefined]>([
    [9223372036854775808n, 'decimal'],
    [1.5, 'number'],
    [new ExactNumber('1.00000000000000000001'), 'decimal'],
    ['abc', undefined],
    [true, undefined],
    [{ a: 1 }, undefined],
  ])('does not hold %s', (value, wider) => {
    expect(misfit('integer', value)).toMatchObject({ wider });
  });
});

describe('a number column', () => {
  test('holds what a double holds exactly, and asks for more where it does not', () => {
    expect(CONVERTERS.number(0.1)).toBe(0.1);
    expect(CONVERTERS.number(new ExactNumber('1.50000000000000000000'))).toBe(1.5);
    expect(misfit('number', new ExactNumber('12345678901234567890.1'))).toMatchObject({ wider: 'decimal' });
    expect(misfit('number', 9007199254740993n)).toMatchObject({ wider: 'decimal' });
    expect(misfit('number', new ExactNumber('1e400'))).toMatchObject({ wider: 'decimal' });
  });
});

describe('a decimal column', () => {
  test.each<[Value, string]>([
    [new ExactNumber('12345678901234567890.10'), '12345678901234567890.1'],
    [1e21, '1000000000000000000000'],
    [-0.0000000007, '-0.0000000007'],
    [12n, '12'],
    ['0.00', '0'],
    ['-1.5E2', '-150'],
  ])('keeps the digits of %s', (value, expected) => {
    expect(CONVERTERS.decimal(value)).toBe(expected);
  });

  test('knows one text for each number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(9), (number, zeros) => {
        const text = decimalText(String(number)) ?? '';
        expect(Number(text)).toBe(number === 0 ? 0 : number);
        expect(decimalText(text)).toBe(text);
        expect(decimalText(text.includes('.') ? text + '0'.repeat(zeros) : `${text}.${'0'.repeat(zeros + 1)}`)).toBe(
          text,
        );
        expect(exactDouble(text)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  test.each(['', '.', '-', 'e5', '1e', 'NaN', '0x10', '1 2', 'Infinity'])('is not fooled by %j', (text) => {
    expect(decimalText(text)).toBeUndefined();
  });
});

describe('a text column', () => {
  test('holds whatever comes, readable', () => {
    expect(CONVERTERS.text('a\u0000b')).toBe('a\u0000b');
    expect(CONVERTERS.text('')).toBe('');
    expect(CONVERTERS.text(5)).toBe('5');
    expect(CONVERTERS.text(12345678901234567890n)).toBe('12345678901234567890');
    expect(CONVERTERS.text(false)).toBe('false');
    expect(CONVERTERS.text({ a: [1] })).toBe('{"a":[1]}');
  });
});

describe('JSON text', () => {
  test('keeps long numbers digit for digit at any depth', () => {
    const value = { id: 12345678901234567890n, list: [new ExactNumber('0.12345678901234567890'), 'x"y', null, true] };
    expect(jsonText(value)).toBe('{"id":12345678901234567890,"list":[0.12345678901234567890,"x\\"y",null,true]}');
  });

  test('is what JSON.stringify makes of anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonText(value as Value)).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('instants', () => {
  test.each([
    ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00Z'],
    ['2024-02-29T10:00:00.123456Z', '2024-02-29T10:00:00.123456Z'],
    ['2024-02-29T10:00:00.500Z', '2024-02-29T10:00:00.5Z'],
    ['2024-03-01T00:30:00.25+09:00', '2024-02-29T15:30:00.25Z'],
    ['2024-01-01T00:00:00-0230', '2024-01-01T02:30:00Z'],
    ['2024-01-01T00:00:00+09', '2023-12-31T15:00:00Z'],
    ['2024-01-01 10:20', '2024-01-01T10:20:00Z'],
    ['2024-01-01 10:20:30 UTC', '2024-01-01T10:20:30Z'],
    ['2024-01-01', '2024-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ])('%s is %s', (text, expected) => {
    expect(timestampText(text)).toBe(expected);
  });

  test.each([
    '0000-00-00',
    '0000-00-00 00:00:00',
    '10000-01-01T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    'yesterday',
    '',
    '0001-01-01T00:00:00+09:00',
    '9999-12-31T23:59:59-01:00',
    '1704067200',
  ])('%j is none', (text) => {
    expect(timestampText(text)).toBeUndefined();
  });

  test('are the same instant whatever their offset', () => {
    const instants = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.integer({ min: -840, max: 840 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const sign = offset < 0 ? '-' : '+';
        const zone = `${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
        const text = timestampText(`${local}${sign}${zone}`) ?? '';
        expect(Date.parse(text)).toBe(instant.getTime());
        expect(timestampText(text)).toBe(text);
      }),
    );
  });
});

describe('dates and times', () => {
  test('a date may come as an instant at midnight', () => {
    expect(dateText('2024-02-29')).toBe('2024-02-29');
    expect(dateText('2024-02-29T00:00:00Z')).toBe('2024-02-29');
    expect(dateText('2023-02-29')).toBeUndefined();
  });

  test('a date column asks for more when an instant comes', () => {
    expect(misfit('date', '2024-02-29T10:00:00Z')).toMatchObject({ wider: 'timestamp' });
    expect(misfit('date', '20240229')).toMatchObject({ wider: undefined });
  });

  test('a time of day', () => {
    expect(timeText('10:20')).toBe('10:20:00');
    expect(timeText('10:20:30.1200')).toBe('10:20:30.12');
    expect(timeText('10:20:30+09:00')).toBe('10:20:30+09:00');
    expect(timeText('25:00:00')).toBeUndefined();
  });
});
