import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import { postgres } from '../../../src/dialects/postgres/postgres.ts';
import { sqlite } from '../../../src/dialects/sqlite/sqlite.ts';
import type { Facts, TableChanger } from '../../../src/load/dialect.ts';
import { TooNarrow } from '../../../src/load/encode.ts';
import { EncodedStream } from '../../../src/load/encoded-stream.ts';
import type { Layout } from '../../../src/load/layout.ts';
import { prepareTable } from '../../../src/load/prepare.ts';
import { RowWriter } from '../../../src/load/rows/row-writer.ts';
import { SpareBuffers } from '../../../src/load/rows/spare-buffers.ts';
import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../../../src/load/settings.ts';
import { RowScanner } from '../../../src/load/text/row-scanner.ts';
import type { UnparsedRecord } from '../../../src/load/text/unparsed.ts';
import { parseJson } from '../../../src/message/exact-json.ts';
import type { JsonSchema } from '../../../src/message/schema.ts';
import { silentLogger } from '../../../src/runtime/log.ts';
import { readMessages } from '../../../src/singer/read-messages.ts';
import { number, space, string, value } from './json-texts.ts';

const PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  id: { type: 'integer' },
  flag: { type: ['null', 'boolean'] },
  count: { type: ['null', 'integer'] },
  amount: { type: ['null', 'number'] },
  price: { type: ['null', 'number'], multipleOf: 0.01 },
  exact: { type: ['null', 'string'], format: 'singer.decimal' },
  day: { type: ['null', 'string'], format: 'date' },
  hour: { type: ['null', 'string'], format: 'time' },
  at: { type: ['null', 'string'], format: 'date-time' },
  名前: { type: ['null', 'string'] },
  list: { type: ['null', 'array'] },
  object: { type: ['null', 'object'] },
  bytes: { type: ['null', 'string'], contentEncoding: 'base64' },
};

const CHANGER: TableChanger = {
  describe: async () => undefined,
  apply: async () => undefined,
  holdsLongIntegers: async () => false,
};

/** Everything that a row may bring with it besides its data. */
const FULL: Partial<LoadSettings> = {
  undeclaredColumn: '_other',
  addRecordMetadata: true,
  deletion: 'mark',
};

async function layoutFor(facts: Facts, settings: Partial<LoadSettings> = {}): Promise<Layout> {
  const schema = { type: 'object', properties: PROPERTIES } as const;
  const message = { type: 'schema', stream: 's', schema, keyProperties: ['id'] } as const;
  return prepareTable(CHANGER, message, { ...DEFAULT_LOAD_SETTINGS, ...settings }, facts);
}

async function unparsed(line: string): Promise<UnparsedRecord | undefined> {
  async function* input() {
    yield Buffer.from(line);
  }
  try {
    for await (const [first] of readMessages(input(), silentLogger)) {
      return first?.type === 'unparsed' ? first : undefined;
    }
  } catch {
    // A line that begins in another way is parsed at once, and may be refused.
  }
  return undefined;
}

function outcome(layout: Layout, facts: Facts, give: (stream: EncodedStream) => void) {
  const stream = new EncodedStream(layout, {
    facts,
    received: 1_700_000_000_000,
    started: 1_600_000_000_000,
    runVersion: undefined,
    rejects: false,
    spare: new SpareBuffers(),
  });
  try {
    give(stream);
  } catch (error) {
    if (error instanceof TooNarrow) return { tooNarrow: error.column, wider: error.wider };
    return { refused: String(error) };
  }
  const steps = stream.steps().map((step) => (step.kind === 'rows' ? step.changes.writes.cells() : step));
  return { steps, tally: stream.tally.figures() };
}

async function expectSame(line: string, layout: Layout, facts: Facts): Promise<void> {
  const record = await unparsed(line);
  if (record === undefined) return;
  const scanned = outcome(layout, facts, (stream) => stream.take(record));
  const parsed = outcome(layout, facts, (stream) => stream.take(record.parsed()));
  expect(scanned).toEqual(parsed);
}

const quoted = (text: string) => JSON.stringify(text);
/** Some are none. */
const dateLike = fc
  .tuple(fc.constantFrom('0000', '0050', '1999', '2024', '20x6'), fc.nat({ max: 14 }), fc.nat({ max: 33 }))
  .map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

const name = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...Object.keys(PROPERTIES)).map((property) => JSON.stringify(property)) },
  { weight: 1, arbitrary: fc.constantFrom('"other"', '"_sdc_deleted_at"', '"\\u0069d"', '"__proto__"', 'id') },
);
/** Most of what real taps send, so that both ways are taken. */
const usual: Readonly<Record<string, fc.Arbitrary<string>>> = {
  id: fc.integer({ min: 1 }).map(String),
  flag: fc.constantFrom('true', 'false', 'null'),
  count: fc.integer().map(String),
  amount: number,
  price: number,
  exact: number,
  day: fc
    .oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      dateLike,
    )
    .map(quoted),
  at: fc
    .oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace('.000', '')),
      dateLike.map((day) => `${day}T03:04:05Z`),
    )
    .map(quoted),
  名前: string,
  list: value,
  object: value,
};
const field = fc.oneof(
  fc
    .constantFrom(...Object.entries(usual))
    .chain(([property, arbitrary]) => arbitrary.map((text) => [JSON.stringify(property), text] as const)),
  fc.tuple(name, value),
);
/** Mostly a single field, so that one that has to be parsed does not hide the others. */
const fields = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(fc.tuple(space, field, space)) },
    { weight: 1, arbitrary: fc.array(fc.tuple(space, field, space), { minLength: 2, maxLength: 8 }) },
  )
  .map((members: readonly [string, readonly [string, string], string][]) =>
    members.map(([before, [property, text], behind]) => `${before}${property}:${behind}${text}${before}`).join(','),
  );
const tail = fc.constantFrom(
  '}',
  '}',
  '}',
  '}',
  ' } ',
  ',"version":7}',
  ', "time_extracted": "2026-01-02T03:04:05Z"}',
  ',"version":7,"time_extracted":"2026-01-02T03:04:05Z"}',
  ',"time_extracted":"x","version":7}',
  ',"version":"a"}',
  ',"other":{}}',
  '}}',
  '',
);
const line = fc
  .tuple(fc.boolean(), fields, tail, fc.option(fc.nat({ max: 200 }), { freq: 9 }))
  .map(([withId, text, end, cut]) => {
    const whole = `{"type": "RECORD", "stream": "s", "record": {${withId ? '"id":1,' : ''}${text}}${end}`;
    return cut === null ? whole : whole.slice(0, Math.max(50, whole.length - cut));
  });

const DIALECTS = [sqlite, postgres, mysql];

describe.each(DIALECTS)('rows of $name made of text', ({ facts }) => {
  let plain: Layout;
  let full: Layout;
  beforeAll(async () => {
    plain = await layoutFor(facts);
    full = await layoutFor(facts, FULL);
  });

  test('are the rows that parsing makes, or are refused for the same reason', async () => {
    await fc.assert(
      fc.asyncProperty(line, fc.boolean(), (text, isFull) => expectSame(text, isFull ? full : plain, facts)),
      { numRuns: 3000 },
    );
  });

  test('need no parsing where they are as the schema says, compact or with spaces', async () => {
    const text = (comma: string, colon: string) =>
      `{${[
        ...[
          '"id"#1',
          '"flag"#true',
          '"count"#-5',
          '"amount"#1.25',
          '"day"#"2026-01-02"',
          '"at"#"2026-01-02T03:04:05Z"',
        ],
        ...['"名前"#"課題\\n一覧"', '"list"#[1,"a",{"b":null}]', '"object"#{}', '"hour"#null'],
      ]
        .map((member) => member.replace('#', colon))
        .join(comma)}}`;
    const scanner = new RowScanner(plain, facts);
    for (const json of [text(',', ':'), text(', ', ': ')]) {
      const writer = new RowWriter();
      expect(scanner.read(Buffer.from(json), 0) && scanner.write(writer)).toBe(true);
      expect(scanner.end).toBe(Buffer.byteLength(json));
      writer.endRow();
      const record = parseJson(json) as Record<string, never>;
      expect(writer.rows(plain.columns.map(({ type }) => type)).cells()).toEqual([
        plain.data.map(({ property, convert }) => (record[property] == null ? null : convert(record[property]))),
      ]);
    }
  });

  test('are left to parsing where something is unknown, missing or unfit', () => {
    const scanner = new RowScanner(plain, facts);
    const odd = [
      ...['{}', '{"count":1}', '{"id":null}', '{"id":1,"other":1}', '{"id":1,"count":"x"}', '{"id":1,"list":[1,]}'],
      ...['{"id":1', '{"id":1,}', '{"id":12345678901234567890}', '{"id":1 "count":2}', '{"id":1,"名前":"\u0001"}'],
    ];
    for (const json of odd)
      expect(scanner.read(Buffer.from(json), 0) && scanner.write(new RowWriter()), json).toBe(false);
  });
});
