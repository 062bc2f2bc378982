import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { ExactNumber, type Value } from '../../src/message/value.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { encodeMessage, encodeMessages } from '../../src/singer/encode.ts';
import { readMessages } from '../../src/singer/read-messages.ts';
import { parsed } from './parsed.ts';

const PLAIN = { children: 'records' } as const;
const OWN = { children: 'message' } as const;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const column = name.filter((text) => text !== '_sdc_deleted_at' && text !== '__proto__' && text !== 'key_properties');
const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const SMALLEST_NORMAL = 2 ** -1022;
/** What the vocabulary keeps as a number: no negative zero, no integer that only looks exact, nothing subnormal. */
const number = fc
  .double({ noDefaultInfinity: true, noNaN: true })
  .map((candidate) => (candidate === 0 ? 0 : candidate))
  .filter((candidate) => candidate === 0 || Math.abs(candidate) >= SMALLEST_NORMAL)
  .filter((candidate) => !/^-?\d+$/.test(String(candidate)) || Number.isSafeInteger(candidate));
const longInteger = fc.bigInt({ min: MAX_SAFE + 1n, max: 10n ** 30n });
const longDecimal = fc
  .tuple(fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n }), fc.integer({ min: 1, max: 999 }))
  .map(([whole, fraction]) => new ExactNumber(`${whole}.${fraction}5`));

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    number,
    longInteger,
    longDecimal,
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(column, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const record = fc.dictionary(column, value, { maxKeys: 5, noNullPrototype: true });
const version = fc.maxSafeNat();
const extras = { version, timeExtracted: instant };

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record(
    {
      type: fc.constant('schema' as const),
      stream: name,
      schema: fc.record({
        type: fc.constant('object'),
        properties: fc.dictionary(column, fc.constantFrom({ type: 'string' }, { type: ['null', 'integer'] }), {
          noNullPrototype: true,
        }),
      }),
      keyProperties: fc.array(name, { maxLength: 2 }),
      bookmarkProperties: fc.array(name, { maxLength: 2 }),
    },
    { requiredKeys: ['type', 'stream', 'schema', 'keyProperties'] },
  ),
  fc.record(
    { type: fc.constant('record' as const), stream: name, record, ...extras },
    { requiredKeys: ['type', 'stream', 'record'] },
  ),
  fc.record(
    { type: fc.constant('tombstone' as const), stream: name, record, deletedAt: instant, ...extras },
    { requiredKeys: ['type', 'stream', 'record', 'deletedAt'] },
  ),
  fc.record({
    type: fc.constant('children' as const),
    stream: name,
    parent: fc.dictionary(column, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    records: fc.array(record, { maxLength: 3 }),
    readAt: instant,
  }),
  fc.record({ type: fc.constant('state' as const), value: record }),
  fc.record({ type: fc.constant('activateVersion' as const), stream: name, version }),
  fc.record(
    {
      type: fc.constant('activatePart' as const),
      stream: name,
      part: fc.dictionary(column, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
      version,
    },
    { requiredKeys: ['type', 'stream', 'part'] },
  ),
  fc.record({ type: fc.constant('keep' as const), stream: name, version, parents: fc.array(record, { maxLength: 3 }) }),
);

async function read(text: string): Promise<Message[]> {
  const messages: Message[] = [];
  async function* input() {
    yield Buffer.from(text);
  }
  for await (const group of readMessages(input(), silentLogger)) messages.push(...parsed(group));
  return messages;
}

describe('reading what was written', () => {
  test('gives back every message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (messages) => {
        expect(await read(messages.map((any) => encodeMessage(any, OWN)).join(''))).toEqual(messages);
      }),
      { numRuns: 500 },
    );
  });

  test('in pieces gives the same lines, none of them divided', () => {
    const record = { type: 'record', stream: 's', record: { t: 'x'.repeat(20_000) } } as const;
    const pieces = [
      ...encodeMessages(
        Array.from({ length: 10 }, () => record),
        PLAIN,
      ),
    ];
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.endsWith('}\n')).toBe(true);
    expect(pieces.join('')).toBe(encodeMessage(record, PLAIN).repeat(10));
    expect([...encodeMessages([], PLAIN)]).toEqual([]);
  });

  test('never puts a line end inside a line', () => {
    fc.assert(
      fc.property(message, (any) => {
        const line = encodeMessage(any, OWN);
        expect(line.indexOf('\n')).toBe(line.length - 1);
      }),
    );
  });
});

describe('writing', () => {
  test('spells a record as other taps do', () => {
    expect(
      encodeMessage(
        { type: 'record', stream: 's', record: { id: 1n, d: new ExactNumber('1.10000000000000000000') } },
        PLAIN,
      ),
    ).toBe('{"type":"RECORD","stream":"s","record":{"id":1,"d":1.10000000000000000000}}\n');
  });

  test('a list of children is a record for each of them, unless the target is known to be ours', async () => {
    const records = [
      { issue_id: 1, id: 2 },
      { issue_id: 1, id: 3 },
    ];
    const readAt = '2024-01-01T00:00:00Z';
    const list = { type: 'children', stream: 's', parent: { issue_id: 1 }, readAt } as const;
    expect(await read(encodeMessage({ ...list, records }, PLAIN))).toEqual(
      records.map((row) => ({ type: 'record', stream: 's', record: row, timeExtracted: readAt })),
    );
    expect(encodeMessage({ ...list, records: [] }, PLAIN)).toBe('');
    expect(encodeMessage({ ...list, records }, OWN)).toBe(
      '{"type":"CHILDREN","stream":"s","parent":{"issue_id":1},"records":[{"issue_id":1,"id":2},{"issue_id":1,"id":3}],"read_at":"2024-01-01T00:00:00Z"}\n',
    );
  });

  test('a tombstone is a record with _sdc_deleted_at, and the schema of a keyed stream declares that column', () => {
    expect(
      encodeMessage(
        {
          type: 'tombstone',
          stream: 's',
          record: { id: 1 },
          deletedAt: '2024-01-01T00:00:00Z',
          timeExtracted: '2024-01-02T00:00:00Z',
        },
        PLAIN,
      ),
    ).toBe(
      '{"type":"RECORD","stream":"s","record":{"id":1,"_sdc_deleted_at":"2024-01-01T00:00:00Z"},"time_extracted":"2024-01-02T00:00:00Z"}\n',
    );
    const schema = { type: 'object', properties: { id: { type: 'integer' } } };
    expect(JSON.parse(encodeMessage({ type: 'schema', stream: 's', schema, keyProperties: ['id'] }, PLAIN))).toEqual({
      type: 'SCHEMA',
      stream: 's',
      schema: {
        type: 'object',
        properties: { id: { type: 'integer' }, _sdc_deleted_at: { type: ['null', 'string'], format: 'date-time' } },
      },
      key_properties: ['id'],
    });
    expect(encodeMessage({ type: 'schema', stream: 's', schema, keyProperties: [] }, PLAIN)).not.toContain('_sdc_');
  });
});
