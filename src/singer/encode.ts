import { formatJson } from '../message/exact-json.ts';
import type { ChildrenMessage, Message, SchemaMessage, TombstoneMessage } from '../message/message.ts';
import { DELETED_AT, withDeletedAt } from './deleted-at.ts';

/** How a parent's whole list of children, and the end of a reading of parts, are written. Singer has no words for them. */
export interface Spelling {
  /**
   * `message`: as messages of our own, CHILDREN, KEEP and ACTIVATE_PART, which foreign targets do not know and may stop
   * at. `records`: as plain records; that others have left the list, or the part, is not said.
   */
  readonly children: 'message' | 'records';
}

/** One message as its lines, each with its line end. */
export function encodeMessage(message: Message, { children }: Spelling): string {
  if (children === 'message') return encodeLine(message);
  if (message.type === 'keep' || message.type === 'activatePart') return '';
  if (message.type !== 'children') return encodeLine(message);
  const { stream, records, readAt } = message;
  return records.map((record) => encodeLine({ type: 'record', stream, record, timeExtracted: readAt })).join('');
}

function encodeLine(message: Message): string {
  return `${formatJson(spell(message))}\n`;
}

/** A size that pipes take well and that V8 does not yet treat as a large object, which it frees late. */
const PIECE = 64 * 1024;

/** The messages as texts of some whole lines each. */
export function* encodeMessages(messages: readonly Message[], spelling: Spelling): Generator<string> {
  let piece = '';
  for (const message of messages) {
    piece += encodeMessage(message, spelling);
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
    case 'children':
      return spellChildren(message);
    case 'state':
      return { type: 'STATE', value: message.value };
    case 'activateVersion':
      return { type: 'ACTIVATE_VERSION', stream: message.stream, version: message.version };
    case 'activatePart':
      return { type: 'ACTIVATE_PART', stream: message.stream, part: message.part, version: message.version };
    case 'keep':
      return { type: 'KEEP', stream: message.stream, version: message.version, parents: message.parents };
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

function spellChildren({ stream, parent, records, readAt }: ChildrenMessage): object {
  return { type: 'CHILDREN', stream, parent, records, read_at: readAt };
}
