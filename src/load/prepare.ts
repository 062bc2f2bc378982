import type { SchemaMessage } from '../message/message.ts';
import { ConfigurationError } from '../runtime/errors.ts';
import type { ColumnType } from './column-type.ts';
import type { Facts, TableChanger, WriteTarget } from './dialect.ts';
import { type Change, compare, type Plan, type Unfit } from './evolution.ts';
import { converterFor, type DataColumn, encodeCell, type Layout, METADATA_COLUMNS } from './layout.ts';
import { nameColumns } from './naming.ts';
import { type Declared, declaredColumns } from './schema-columns.ts';
import type { LoadSettings } from './settings.ts';
import { type ActualTable, type Column, displayName, fitTable, type TableName } from './table.ts';
import { createValidator } from './validation.ts';

/** Makes the table of a stream what its schema asks for, and tells how rows lie in it. */
export async function prepareTable(
  transaction: TableChanger,
  schema: SchemaMessage,
  settings: LoadSettings,
  facts: Facts,
): Promise<Layout> {
  const wanted = wantedLayout(schema, settings, facts);
  const actual = await transaction.describe(wanted.table);
  const named = withNames(wanted, actual, settings, facts);
  const columns = allColumns(named);
  const comparison = compare(actual, { name: named.table, columns, key: named.key });
  if (comparison.unfit.length > 0) throw unfitTable(named.table, comparison.unfit);
  const plan = await withoutLoss(transaction, comparison.plan);
  if (plan.changes.length > 0) await transaction.apply(plan);
  const validate = settings.validateRecords ? await createValidator(schema.schema) : undefined;
  return { ...withTypes(named, comparison.columns, plan, facts), validate };
}

/** The same layout with one column wider, after a value asked for it. */
export function widenColumn(layout: Layout, name: string, to: ColumnType, facts: Facts): Layout {
  const data = layout.data.map((column) =>
    column.name === name
      ? { ...column, type: to, convert: converterFor(to, facts, { ...column, zone: layout.zone }) }
      : column,
  );
  const columns = layout.columns.map((column) => (column.name === name ? { ...column, type: to } : column));
  return { ...layout, data, columns };
}

type Draft = Omit<Layout, 'columns' | 'target' | 'validate'>;

function wantedLayout(schema: SchemaMessage, settings: LoadSettings, facts: Facts): Draft {
  const reserved = reservedNames(settings);
  const declared = declaredColumns(schema.schema, schema.stream);
  const data = [...declared]
    .filter(([property]) => !reserved.has(property))
    .map(([property, column]) => dataColumn(property, column, settings, facts));
  const keyed = settings.loadMethod === 'append-only' ? [] : schema.keyProperties;
  const keyPlaces = keyed.map((property) => data.findIndex((column) => column.property === property));
  if (keyPlaces.includes(-1)) throw unknownKey(schema, keyed[keyPlaces.indexOf(-1)] ?? '');
  return {
    stream: schema.stream,
    schema,
    table: fitTable(settings.tableOf(schema.stream), facts.names),
    data,
    declared: new Set(declared.keys()),
    deletion: settings.deletion,
    mark: markOf(settings, facts),
    undeclared: settings.undeclaredColumn,
    metadata: metadataOf(settings),
    versioned: settings.loadMethod === 'overwrite' || (settings.activateVersion && settings.deletion !== 'ignore'),
    replaced: settings.loadMethod === 'overwrite',
    keyPlaces,
    key: [],
    zone: settings.zone,
  };
}

function dataColumn(
  property: string,
  { type, encoding }: Declared,
  { interpretContentEncoding, zone }: LoadSettings,
  facts: Facts,
): DataColumn {
  if (encoding !== undefined && interpretContentEncoding === true) {
    const convert = converterFor('binary', facts, { encoding, zone });
    return { property, name: property, type: 'binary', encoding, convert };
  }
  const stored = facts.exactNumbers && type === 'number' ? 'decimal' : type;
  return { property, name: property, type: stored, convert: converterFor(stored, facts, { zone }) };
}

/** Columns that the loader itself fills; a property of the same name gives way. */
function reservedNames(settings: LoadSettings): ReadonlySet<string> {
  const names = metadataOf(settings).map((column) => column.name);
  if (settings.deletion === 'mark') names.push(settings.markColumn.name);
  if (settings.undeclaredColumn !== undefined) names.push(settings.undeclaredColumn);
  return new Set(names);
}

function markOf(settings: LoadSettings, facts: Facts): Draft['mark'] {
  if (settings.deletion !== 'mark') return undefined;
  const { name, holds } = settings.markColumn;
  if (holds === 'instant') return { column: name, unset: null };
  return { column: name, unset: encodeCell('boolean', false, facts) };
}

function metadataOf(settings: LoadSettings): Draft['metadata'] {
  if (!settings.addRecordMetadata) return [];
  const marked = settings.deletion === 'mark' ? settings.markColumn.name : undefined;
  return METADATA_COLUMNS.filter((column) => column.name !== marked);
}

function withNames(draft: Draft, actual: ActualTable | undefined, settings: LoadSettings, facts: Facts): Draft {
  const columnOf = settings.columnOf ?? ((property: string) => property);
  const own = extraColumns(draft).map((column) => column.name);
  const existing = actual?.columns.map((column) => column.name) ?? [];
  const wishes = draft.data.map(({ property }) => [property, columnOf(property)] as const);
  const names = nameColumns(new Map([...own.map((name) => [name, name] as const), ...wishes]), facts.names, [
    ...own,
    ...existing,
  ]);
  const data = draft.data.map((column) => ({ ...column, name: names.get(column.property) ?? column.name }));
  return { ...draft, data, key: draft.keyPlaces.map((place) => data[place]?.name ?? '') };
}

function allColumns(draft: Draft): readonly Column[] {
  return [...draft.data.map(({ name, type }) => ({ name, type })), ...extraColumns(draft)];
}

function extraColumns(draft: Draft): readonly Column[] {
  const columns: Column[] = [];
  if (draft.undeclared !== undefined) columns.push({ name: draft.undeclared, type: 'json' });
  if (draft.mark?.unset === null) columns.push({ name: draft.mark.column, type: 'timestamp' });
  else if (draft.mark !== undefined) columns.push({ name: draft.mark.column, type: 'boolean', fill: false });
  return [...columns, ...draft.metadata];
}

/** Integers become `number` only where a double holds every one of them; otherwise `decimal` (invariant 7). */
async function withoutLoss(transaction: TableChanger, plan: Plan): Promise<Plan> {
  const changes: Change[] = [];
  for (const change of plan.changes) {
    const risky = change.kind === 'widen' && change.from === 'integer' && change.to === 'number';
    const long = risky && (await transaction.holdsLongIntegers(plan.table, change.column));
    changes.push(long ? { ...change, to: 'decimal' } : change);
  }
  return { ...plan, changes };
}

function withTypes(draft: Draft, compared: readonly Column[], plan: Plan, facts: Facts): Omit<Layout, 'validate'> {
  const wider = new Map(
    plan.changes.flatMap((change) => (change.kind === 'widen' ? [[change.column, change.to] as const] : [])),
  );
  const columns = compared.map((column) => ({ ...column, type: wider.get(column.name) ?? column.type }));
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const data = draft.data.map((column) => {
    const type = types.get(column.name) ?? column.type;
    return { ...column, type, convert: converterFor(type, facts, { ...column, zone: draft.zone }) };
  });
  return { ...draft, data, columns, target: targetOf(draft, columns) };
}

function targetOf(draft: Draft, all: readonly Column[]): WriteTarget {
  const columns = all.map((column) => column.name);
  const metadata = new Set(draft.metadata.map((column) => column.name));
  const compared = columns.filter((name) => !draft.key.includes(name) && !metadata.has(name));
  return { table: draft.table, columns, key: draft.key, compared };
}

function unknownKey(schema: SchemaMessage, property: string): ConfigurationError {
  return new ConfigurationError({
    code: 'load.key-not-declared',
    path: schema.stream,
    text: {
      en: `The key property "${property}" is not among the properties of the schema.`,
      ja: `キープロパティ「${property}」がスキーマの properties にありません。`,
    },
    hint: {
      en: 'Correct the SCHEMA message of the tap.',
      ja: 'タップが出力する SCHEMA メッセージを修正してください。',
    },
  });
}

function unfitTable(table: TableName, unfit: readonly Unfit[]): ConfigurationError {
  const list = unfit.map(({ column, declared, wanted }) => `${column} (${declared} ≠ ${wanted})`).join(', ');
  return new ConfigurationError({
    code: 'load.table-does-not-fit',
    path: displayName(table),
    text: {
      en: `The table exists already and some of its columns cannot take the rows: ${list}.`,
      ja: `既存のテーブルに、データを書き込めない型の列があります: ${list}`,
    },
    hint: {
      en: 'Rename or drop that table, change those columns, or load into another table.',
      ja: 'そのテーブルの名前を変えるか削除する、列の型を変える、または別のテーブルに書き込むようにしてください。',
    },
  });
}
