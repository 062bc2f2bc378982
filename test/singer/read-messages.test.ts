import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { createLogger, type LogLine, silentLogger } from '../../src/runtime/log.ts';
import { readMessages } from '../../src/singer/read-messages.ts';
import { parsed } from './parsed.ts';

async function* chunksOf(...chunks: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function read(...chunks: (string | Buffer)[]): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const group of readMessages(chunksOf(...chunks), silentLogger)) messages.push(...parsed(group));
  return messages;
}

async function failureOf(...chunks: (string | Buffer)[]) {
  const before: Message[] = [];
  try {
    for await (const group of readMessages(chunksOf(...chunks), silentLogger))
      for (const message of group) before.push(...parsed([message]));
  } catch (failure) {
    return { before, failure };
  }
  throw new Error('the input was accepted');
}

const record = (id: number, rest = '') => `{"type":"RECORD","stream":"s","record":{"id":${id}${rest}}}`;
const row = (id: number) => ({ type: 'record', stream: 's', record: { id } });

describe('lines', () => {
  test('lines end with LF or CRLF, the last one needs no end, blank ones are passed over', async () => {
    expect(await read(`${record(1)}\r\n\n   \r\n${record(2)}\n${record(3)}`)).toEqual([row(1), row(2), row(3)]);
  });

  test('U+2028 and U+2029 in a text are no line ends', async () => {
    const [message] = await read(`{"type":"RECORD","stream":"s","record":{"t":"a\u2028b\u2029c"}}\n`);
    expect(message).toMatchObject({ record: { t: 'a\u2028b\u2029c' } });
  });

  test('any cut into chunks gives the same messages, also inside an emoji', async () => {
    const text = `${record(1, ',"t":"課題 👩‍💻 ✓"')}\n\n${record(2)}\r\n${record(3, ',"t":"𠮷野家"')}`;
    const bytes = Buffer.from(text);
    const whole = await read(bytes);
    expect(whole).toHaveLength(3);
    expect(whole[0]).toMatchObject({ record: { t: '課題 👩‍💻 ✓' } });
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await read(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(whole);
    }
    expect(await read(...Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(whole);
  });

  test('messages come in one group for each chunk', async () => {
    const sizes: number[] = [];
    const chunks = chunksOf(`${record(1)}\n${record(2)}\n${record(3)}`, `\n${record(4)}\n`);
    for await (const group of readMessages(chunks, silentLogger)) sizes.push(group.length);
    expect(sizes).toEqual([2, 2]);
  });

  test('a byte order mark before the first line is passed over', async () => {
    expect(await read(`\uFEFF${record(1)}\n`)).toEqual([row(1)]);
  });

  test('a line longer than many chunks is put together', async () => {
    const long = 'あ'.repeat(300_000);
    const bytes = Buffer.from(`${record(1, `,"t":"${long}"`)}\n${record(2)}\n`);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65536) }, (_, index) =>
      bytes.subarray(index * 65536, (index + 1) * 65536),
    );
    const [first, second] = await read(...chunks);
    expect(first).toMatchObject({ record: { t: long } });
    expect(second).toEqual(row(2));
  });
});

describe('messages', () => {
  test.each(['record', 'Record', 'RECORD'])('the type may be written %s', async (type) => {
    expect(await read(`{"type":"${type}","stream":"s","record":{"id":1}}`)).toEqual([row(1)]);
  });

  test('a SCHEMA carries key and bookmark properties', async () => {
    const line =
      '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{}}},"key_properties":["id"],"bookmark_properties":["u"]}';
    expect(await read(line)).toEqual([
      {
        type: 'schema',
        stream: 's',
        schema: { properties: { id: {} } },
        keyProperties: ['id'],
        bookmarkProperties: ['u'],
      },
    ]);
  });

  test.each([
    ['missing', '{"type":"SCHEMA","stream":"s","schema":{}}', []],
    ['null', '{"type":"SCHEMA","stream":"s","schema":{},"key_properties":null}', []],
    ['inside the schema', '{"type":"SCHEMA","stream":"s","schema":{"key_properties":["id"]}}', ['id']],
    ['one name', '{"type":"SCHEMA","stream":"s","schema":{},"key_properties":"id"}', ['id']],
  ])('key_properties that are %s are tolerated', async (_case, line, keyProperties) => {
    const [message] = await read(line);
    expect(message).toMatchObject({ type: 'schema', keyProperties });
  });

  test('the bounds in a SCHEMA are plain numbers', async () => {
    const [message] = await read(
      '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{"maximum":9223372036854775807}}}}',
    );
    expect(message).toMatchObject({ schema: { properties: { id: { maximum: 2 ** 63 } } } });
  });

  test('a RECORD with _sdc_deleted_at is a tombstone', async () => {
    const line =
      '{"type":"RECORD","stream":"s","record":{"id":1,"_sdc_deleted_at":"2024-01-01T00:00:00Z"},"version":3,"time_extracted":"2024-01-02T00:00:00Z"}';
    expect(await read(line)).toEqual([
      {
        type: 'tombstone',
        stream: 's',
        record: { id: 1 },
        deletedAt: '2024-01-01T00:00:00Z',
        version: 3,
        timeExtracted: '2024-01-02T00:00:00Z',
      },
    ]);
  });

  test('a RECORD whose _sdc_deleted_at is null is an ordinary row without that column', async () => {
    expect(await read(record(1, ',"_sdc_deleted_at":null'))).toEqual([row(1)]);
  });

  test('the column _sdc_deleted_at of a SCHEMA belongs to the door, not to the stream', async () => {
    const line =
      '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{},"_sdc_deleted_at":{}},"required":["id","_sdc_deleted_at"]},"key_properties":["id"]}';
    const [message] = await read(line);
    expect(message).toMatchObject({ schema: { properties: { id: {} }, required: ['id'] } });
    expect(JSON.stringify(message)).not.toContain('_sdc_deleted_at');
  });

  test('CHILDREN carry their parent, their records and the time of reading', async () => {
    const line =
      '{"type":"children","stream":"s","parent":{"issue_id":1},"records":[],"read_at":"2024-01-01T00:00:00Z"}';
    expect(await read(line)).toEqual([
      { type: 'children', stream: 's', parent: { issue_id: 1 }, records: [], readAt: '2024-01-01T00:00:00Z' },
    ]);
  });

  test('a STATE passes its whole value, long numbers included', async () => {
    const [message] = await read('{"type":"STATE","value":{"bookmarks":{"a":[1,{"lsn":12345678901234567890}]}}}');
    expect(message).toEqual({
      type: 'state',
      value: { bookmarks: { a: [1, { lsn: 12345678901234567890n }] } },
    });
  });

  test('ACTIVATE_VERSION is read, also with a version in nanoseconds', async () => {
    expect(await read('{"type":"ACTIVATE_VERSION","stream":"s","version":5}')).toEqual([
      { type: 'activateVersion', stream: 's', version: 5 },
    ]);
    expect(await read('{"type":"ACTIVATE_VERSION","stream":"s","version":1700000000000000001}')).toEqual([
      { type: 'activateVersion', stream: 's', version: Number('1700000000000000001') },
    ]);
  });

  test('a RECORD before its SCHEMA is handed on for the loader to judge', async () => {
    expect(await read(record(1), '\n{"type":"SCHEMA","stream":"s","schema":{}}')).toHaveLength(2);
  });

  test('an unknown type is skipped with one warning for the type', async () => {
    const lines: LogLine[] = [];
    const messages: Message[] = [];
    const log = createLogger('debug', (line) => lines.push(line));
    const unknown = '{"type":"HEARTBEAT"}\n';
    const input = chunksOf(unknown, record(1), `\n${unknown}`, '{"type":"OTHER"}');
    for await (const group of readMessages(input, log)) messages.push(...parsed(group));
    expect(messages).toEqual([row(1)]);
    expect(lines.map(({ level, text }) => [level, text.en])).toEqual([
      ['warning', 'Messages of type HEARTBEAT are not known here and are skipped'],
      ['warning', 'Messages of type OTHER are not known here and are skipped'],
    ]);
  });
});

describe('refusals', () => {
  test.each([
    ['not JSON', 'INFO starting up', 'singer.not-json'],
    ['cut off', '{"type":"RECORD","stream":"s","rec', 'singer.not-json'],
    ['no object', '[1]', 'singer.malformed'],
    ['no type', '{"stream":"s"}', 'singer.malformed'],
    ['a RECORD without record', '{"type":"RECORD","stream":"s"}', 'singer.malformed'],
    ['a RECORD without stream', '{"type":"RECORD","record":{}}', 'singer.malformed'],
    ['a SCHEMA without schema', '{"type":"SCHEMA","stream":"s"}', 'singer.malformed'],
    ['a STATE without value', '{"type":"STATE"}', 'singer.malformed'],
    ['an ACTIVATE_VERSION without version', '{"type":"ACTIVATE_VERSION","stream":"s"}', 'singer.malformed'],
    [
      'CHILDREN of nobody',
      '{"type":"CHILDREN","stream":"s","parent":{},"records":[],"read_at":"x"}',
      'singer.malformed',
    ],
    ['CHILDREN without records', '{"type":"CHILDREN","stream":"s","parent":{"a":1},"read_at":"x"}', 'singer.malformed'],
    ['CHILDREN without a time', '{"type":"CHILDREN","stream":"s","parent":{"a":1},"records":[]}', 'singer.malformed'],
    ['a deletion that is no text', record(1, ',"_sdc_deleted_at":true'), 'singer.malformed'],
    ['a deletion that is no date', record(1, ',"_sdc_deleted_at":"yesterday"'), 'singer.malformed'],
    ['a BATCH', '{"type":"BATCH","stream":"s","manifest":[]}', 'singer.batch-refused'],
  ])('%s is refused with its line, after everything before it', async (_case, line, code) => {
    const { before, failure } = await failureOf(`${record(1)}\n\n${record(2)}\n${line}\n${record(9)}\n`);
    expect(before).toEqual([row(1), row(2)]);
    expect(failure).toMatchObject({ code, recovery: 'data', path: 'stdin:4' });
    expect((failure as Error).message).toContain(line.slice(0, 100));
  });

  test('a log line and a cut-off message get different advice', async () => {
    const hintFor = async (line: string) => ((await failureOf(line)).failure as { hint: { en: string } }).hint.en;
    expect(await hintFor('INFO starting up')).toContain('standard error');
    expect(await hintFor('{"type":"RECORD","stre')).toContain('again with the last state');
  });

  test('a long line is quoted by its beginning only', async () => {
    const { failure } = await failureOf(`x${'y'.repeat(5000)}`);
    expect((failure as Error).message.length).toBeLessThan(250);
  });

  test('bytes that are not UTF-8 are refused, never replaced', async () => {
    const latin = Buffer.concat([
      Buffer.from('{"type":"RECORD","stream":"s","record":{"t":"'),
      Buffer.of(0xe9),
      Buffer.from('"}}'),
    ]);
    const { before, failure } = await failureOf(
      `${record(1)}\n`,
      Buffer.concat([Buffer.from(`${record(2)}\n`), latin]),
      '\n',
    );
    expect(before).toEqual([row(1), row(2)]);
    expect(failure).toMatchObject({ code: 'singer.not-utf8', path: 'stdin:3' });
  });
});
