import { timestampText } from '../load/timestamp.ts';
import type {
  ActivatePartMessage,
  ActivateVersionMessage,
  ChildrenMessage,
  KeepMessage,
  Message,
  RecordMessage,
  SchemaMessage,
  StateMessage,
  TombstoneMessage,
} from '../message/message.ts';
import type { JsonSchema } from '../message/schema.ts';
import type { Row } from '../message/value.ts';
import { withoutDeletedAt } from './deleted-at.ts';
import { type InputLine, refuseLine } from './input-line.ts';

/** A message of a type that we do not know; the specification wants it skipped. */
export interface UnknownMessage {
  readonly type: 'unknown';
  readonly name: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * One parsed line as a message. Lenient where real taps are (type in any case, keys missing or inside the schema),
 * strict where a row would be lost.
 *
 * @throws DataError `singer.malformed` or `singer.batch-refused`
 */
export function decodeMessage(value: unknown, line: InputLine): Message | UnknownMessage {
  if (!isObject(value) || typeof value.type !== 'string') {
    throw malformed(
      line,
      'a message must be an object with a "type"',
      'メッセージは "type" を持つオブジェクトでなければなりません',
    );
  }
  switch (value.type.toUpperCase()) {
    case 'RECORD':
      return decodeRecord(value, line);
    case 'SCHEMA':
      return decodeSchema(value, line);
    case 'CHILDREN':
      return decodeChildren(value, line);
    case 'STATE':
      return decodeState(value, line);
    case 'ACTIVATE_VERSION':
      return decodeActivateVersion(value, line);
    case 'ACTIVATE_PART':
      return decodeActivatePart(value, line);
    case 'KEEP':
      return decodeKeep(value, line);
    case 'BATCH':
      throw refuseBatch(line);
    default:
      return { type: 'unknown', name: value.type };
  }
}

/** @throws DataError `singer.malformed` */
export function decodeRecord(fields: Fields, line: InputLine): RecordMessage | TombstoneMessage {
  const stream = streamOf(fields, line);
  if (!isObject(fields.record)) {
    throw malformed(line, 'a RECORD must have an object "record"', 'RECORD には オブジェクト "record" が必要です');
  }
  const record = fields.record as Row;
  const rest = { ...versionOf(fields), ...timeExtractedOf(fields) };
  if (!('_sdc_deleted_at' in record)) return { type: 'record', stream, record, ...rest };
  const { _sdc_deleted_at: deletedAt, ...row } = record;
  if (deletedAt === null) return { type: 'record', stream, record: row, ...rest };
  if (typeof deletedAt !== 'string' || timestampText(deletedAt) === undefined) {
    throw malformed(line, '"_sdc_deleted_at" must be a date-time', '"_sdc_deleted_at" は日時でなければなりません');
  }
  return { type: 'tombstone', stream, record: row, deletedAt, ...rest };
}

function decodeSchema(fields: Fields, line: InputLine): SchemaMessage {
  const stream = streamOf(fields, line);
  if (!isObject(fields.schema)) {
    throw malformed(line, 'a SCHEMA must have an object "schema"', 'SCHEMA にはオブジェクト "schema" が必要です');
  }
  const schema = schemaIn(line);
  const keyProperties = namesOf(fields.key_properties) ?? namesOf(schema.key_properties) ?? [];
  const bookmarkProperties = namesOf(fields.bookmark_properties);
  return {
    type: 'schema',
    stream,
    schema: withoutDeletedAt(schema),
    keyProperties,
    ...(bookmarkProperties ? { bookmarkProperties } : {}),
  };
}

/**
 * A schema's own numbers stay plain: bounds such as 9223372036854775807, which taps of databases send, are limits and
 * not data, and neither validators nor loaders take them as `bigint`.
 */
function schemaIn({ text }: InputLine): JsonSchema {
  return JSON.parse(text).schema;
}

/** Our own message; see `ChildrenMessage`. Every part of it is needed to know what left the list. */
function decodeChildren(fields: Fields, line: InputLine): ChildrenMessage {
  const stream = streamOf(fields, line);
  const { parent, records, read_at: readAt } = fields;
  if (
    !isObject(parent) ||
    Object.keys(parent).length === 0 ||
    typeof readAt !== 'string' ||
    !isListOfObjects(records)
  ) {
    throw malformed(
      line,
      'CHILDREN must have a "parent", a list of "records" and the time "read_at"',
      'CHILDREN には "parent"、"records" の一覧、時刻 "read_at" が必要です',
    );
  }
  return { type: 'children', stream, parent: parent as Row, records: records as readonly Row[], readAt };
}

function decodeState(fields: Fields, line: InputLine): StateMessage {
  if (!('value' in fields)) throw malformed(line, 'a STATE must have a "value"', 'STATE には "value" が必要です');
  return { type: 'state', value: fields.value };
}

function decodeActivateVersion(fields: Fields, line: InputLine): ActivateVersionMessage {
  const stream = streamOf(fields, line);
  const { version } = versionOf(fields);
  if (version === undefined) {
    throw malformed(
      line,
      'an ACTIVATE_VERSION must have a whole number "version"',
      'ACTIVATE_VERSION には整数 "version" が必要です',
    );
  }
  return { type: 'activateVersion', stream, version };
}

/** Our own message; see `ActivatePartMessage`. */
function decodeActivatePart(fields: Fields, line: InputLine): ActivatePartMessage {
  const stream = streamOf(fields, line);
  const { part } = fields;
  const { version } = versionOf(fields);
  const isReadable = version !== undefined || fields.version === undefined || fields.version === null;
  if (isObject(part) && Object.keys(part).length > 0 && isReadable) {
    return { type: 'activatePart', stream, part: part as Row, ...(version === undefined ? {} : { version }) };
  }
  throw malformed(
    line,
    'an ACTIVATE_PART must have a "part", and no "version" but a whole number',
    'ACTIVATE_PART には "part" が必要で、"version" は整数でなければなりません',
  );
}

/** Our own message; see `KeepMessage`. */
function decodeKeep(fields: Fields, line: InputLine): KeepMessage {
  const stream = streamOf(fields, line);
  const { parents } = fields;
  const { version } = versionOf(fields);
  if (version === undefined || !isListOfObjects(parents)) {
    throw malformed(
      line,
      'KEEP must have a list of "parents" and a whole number "version"',
      'KEEP には "parents" の一覧と整数 "version" が必要です',
    );
  }
  return { type: 'keep', stream, version, parents: parents as readonly Row[] };
}

function streamOf({ stream }: Fields, line: InputLine): string {
  if (typeof stream === 'string' && stream !== '') return stream;
  throw malformed(line, 'this message must name its "stream"', 'このメッセージには "stream" の名前が必要です');
}

/** Some taps count versions in nanoseconds; two such versions stay different when they become a double. */
function versionOf({ version }: Fields): { version?: number } {
  if (typeof version === 'bigint') return { version: Number(version) };
  return Number.isSafeInteger(version) ? { version: version as number } : {};
}

function timeExtractedOf({ time_extracted: time }: Fields): { timeExtracted?: string } {
  return typeof time === 'string' ? { timeExtracted: time } : {};
}

function namesOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every(isObject);
}

function malformed(line: InputLine, en: string, ja: string): Error {
  return refuseLine(line, 'singer.malformed', { en, ja });
}

function refuseBatch(line: InputLine): Error {
  return refuseLine(
    line,
    'singer.batch-refused',
    { en: 'BATCH messages are not supported', ja: 'BATCH メッセージには対応していません' },
    {
      en: 'Turn batches off in the tap, often by removing "batch_config" from its config; it then sends records.',
      ja: 'タップのバッチ出力を無効にしてください（多くの場合、設定から "batch_config" を削除します）。レコードとして送られるようになります。',
    },
  );
}
