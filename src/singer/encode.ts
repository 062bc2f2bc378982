import type { Message, SchemaMessage, TombstoneMessage } from '../message/message.ts';
import { DELETED_AT, withDeletedAt } from './deleted-at.ts';
import { formatJson } from './exact-json.ts';

/** One message as its line, with the line end. */
export function encodeMessage(message: Message): string {
  return `${formatJson(spell(message))}\n`;
}

/** A size that pipes take well and that V8 does not yet treat as a large object, which it frees late. */
const PIECE = 64 * 1024;

/** The messages as texts of some whole lines each. */
export function* encodeMessages(messages: readonly Message[]): Generator<string> {
  let piece = '';
  for (const message of messages) {
    piece += encodeMessage(message);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function spell(message: Message): object {
  switch (message.type) {
    case 'schema':
      return spellSchema(message);
    case 'record': {
      const { stream, record, version, timeExtracted } = message;
      return { type: 'RECORD', stream, record, version, time_extracted: timeExtracted };
    }
    case 'tombstone':
      return spellTombstone(message);
    case 'state':
      return { type: 'STATE', value: message.value };
    case 'activateVersion':
      return { type: 'ACTIVATE_VERSION', stream: message.stream, version: message.version };
  }
}

/** Any keyed stream may have tombstones, and a target that was not told of the column would drop it. */
function spellSchema({ stream, schema, keyProperties, bookmarkProperties }: SchemaMessage): object {
  return {
    type: 'SCHEMA',
    stream,
    schema: keyProperties.length > 0 ? withDeletedAt(schema) : schema,
    key_properties: keyProperties,
    bookmark_properties: bookmarkProperties,
  };
}

function spellTombstone({ stream, record, deletedAt, version, timeExtracted }: TombstoneMessage): object {
  return {
    type: 'RECORD',
    stream,
    record: { ...record, [DELETED_AT]: deletedAt },
    version,
    time_extracted: timeExtracted,
  };
}
