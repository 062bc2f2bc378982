import { parseJson } from '../message/exact-json.ts';
import { ExactNumber, type Row, type Value } from '../message/value.ts';
import { DataError } from '../runtime/errors.ts';
import type { ColumnType } from './column-type.ts';
import type { Cell, Cells } from './dialect.ts';
import { jsonText } from './json-text.ts';
import type { DataColumn, Layout } from './layout.ts';
import type { RefusedRow } from './refused-row.ts';

export function misfitValue(layout: Layout, column: DataColumn, row: Row): DataError {
  const value = shortened(row[column.property] ?? null);
  const key = describeKey(layout, row);
  return new DataError({
    code: 'load.value-does-not-fit',
    path: `${layout.stream}.${column.property}`,
    text: {
      en: `The value ${value} is no ${column.type}, as the column "${column.name}" needs it (row: ${key}).`,
      ja: `値 ${value} は列「${column.name}」の型 ${column.type} に合いません（行: ${key}）。`,
    },
    hint: {
      en: 'Correct the value at the source, or declare the property in the schema so that it allows such values.',
      ja: '元のデータを直すか、この値を許すようにスキーマのプロパティ定義を変えてください。',
    },
  });
}

export function missingKey(layout: Layout, property: string, row: Row): DataError {
  return new DataError({
    code: 'load.key-missing',
    path: `${layout.stream}.${property}`,
    text: {
      en: `A record lacks its key property "${property}": ${shortened(row)}.`,
      ja: `キープロパティ「${property}」のないレコードがあります: ${shortened(row)}`,
    },
    hint: {
      en: 'Every record of a stream with key properties must hold all of them.',
      ja: 'キープロパティを持つストリームのレコードには、すべてのキーが必要です。',
    },
  });
}

export function invalidRecord(layout: Layout, row: Row, fault: string): DataError {
  const key = describeKey(layout, row);
  return new DataError({
    code: 'load.record-invalid',
    path: layout.stream,
    text: {
      en: `A record does not keep to its schema: ${fault} (row: ${key}).`,
      ja: `スキーマに合わないレコードがあります: ${fault}（行: ${key}）`,
    },
    hint: {
      en: 'Correct the record or its schema at the source, or switch the check off (validate_records).',
      ja: '元のデータかスキーマを直すか、検査（validate_records）を無効にしてください。',
    },
  });
}

/** The row at fault, when the database refuses one. */
export function refusedCells(layout: Layout, cells: Cells, { refusal, hint }: RefusedRow): DataError {
  const key = describeKey(layout, rowOf(layout, cells));
  const property = layout.data.find(({ name }) => name === refusal.column)?.property ?? refusal.column;
  return new DataError({
    code: refusal.code,
    path: property === undefined ? layout.stream : `${layout.stream}.${property}`,
    text: {
      en: `The database refuses a row: ${refusal.reason} (row: ${key}).`,
      ja: `データベースに拒否された行があります: ${refusal.reason}（行: ${key}）`,
    },
    ...(hint === undefined ? {} : { hint }),
    cause: refusal.cause,
  });
}

/** The record as far as its table was to hold it. */
export function rowOf({ data }: Layout, cells: Cells): Row {
  return Object.fromEntries(data.map(({ property, type }, place) => [property, cellValue(cells[place] ?? null, type)]));
}

function cellValue(cell: Cell, type: ColumnType): Value {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex');
  if (type === 'boolean' && typeof cell === 'number') return cell !== 0;
  if (type === 'json' && typeof cell === 'string') return parseJson(cell) as Value;
  return type === 'decimal' && typeof cell === 'string' ? new ExactNumber(cell) : cell;
}

function describeKey(layout: Layout, row: Row): string {
  const parts = layout.keyPlaces.map((place) => {
    const property = layout.data[place]?.property ?? '';
    return `${property} ${shortened(row[property] ?? null)}`;
  });
  return parts.length === 0 ? shortened(row) : parts.join(', ');
}

const LONGEST_VALUE = 100;

function shortened(value: Value): string {
  const text = jsonText(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
