import type { ColumnType } from '../../../src/load/column-type.ts';
import { jsonText } from '../../../src/load/json-text.ts';
import { formatJson } from '../../../src/message/exact-json.ts';
import type { Message } from '../../../src/message/message.ts';
import type { Row, Value } from '../../../src/message/value.ts';
import { neutralCell } from '../neutral.ts';

/** The rows of a stream as they should stand in a table: the last of each key, in a neutral form. */
export function sentRows(
  messages: readonly Message[],
  stream: string,
  types: Readonly<Record<string, ColumnType | undefined>>,
  keepsNul: boolean,
): readonly Readonly<Record<string, unknown>>[] {
  const byKey = new Map<string, Row>();
  let key: readonly string[] = [];
  for (const message of messages) {
    if (message.type === 'schema' && message.stream === stream) key = message.keyProperties;
    if (message.type !== 'record' || message.stream !== stream) continue;
    const id = key.length === 0 ? String(byKey.size) : formatJson(key.map((name) => message.record[name]));
    byKey.set(id, message.record);
  }
  const names = Object.entries(types);
  return [...byKey.values()].map((row) =>
    Object.fromEntries(names.map(([name, type]) => [name, sentCell(row[name] ?? null, type, keepsNul)])),
  );
}

function sentCell(value: Value, type: ColumnType | undefined, keepsNul: boolean): unknown {
  if (value === null) return null;
  const text = typeof value === 'string' && type !== 'json' ? value : jsonText(value);
  if (keepsNul) return neutralCell(text, type);
  const kept = type === 'json' ? text.replaceAll(/(?<!\\)\\u0000/g, '') : text.replaceAll('\0', '');
  return neutralCell(kept, type);
}
