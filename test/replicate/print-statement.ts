import fc from 'fast-check';
import type { ColumnDefinition, QualifiedName, ReplicateStatement } from '../../src/replicate/statement.ts';

/** What a statement says, without where it stands. */
export type StatementContent = Omit<
  ReplicateStatement,
  'path' | 'text' | 'line' | 'column' | 'selectAt' | 'sourceAt' | 'notices'
>;

export function printStatement(statement: StatementContent): string {
  const { destination, definition, options, include, exclude, select, source } = statement;
  const optionList = [...options].map(([name, value]) => `${name} = ${printValue(value)}`).join(', ');
  return [
    'REPLICATE',
    printName(destination),
    definition && printDefinition(definition.columns, definition.primaryKey),
    include && `INCLUDE (${include.map(quote).join(', ')})`,
    options.size > 0 && `WITH ${optionList}`,
    exclude && `EXCLUDE (${exclude.map(quote).join(', ')})`,
    select ?? quote(source ?? ''),
  ]
    .filter(Boolean)
    .join(' ');
}

function printName({ catalog, schema, name }: QualifiedName): string {
  return [catalog, schema, name].flatMap((part) => (part === undefined ? [] : [quote(part)])).join('.');
}

/** One of the three quotes, chosen by the name itself, so that each is tried. */
function quote(name: string): string {
  if (name.length % 3 === 0) return `[${name.replaceAll(']', ']]')}]`;
  if (name.length % 3 === 1) return `"${name.replaceAll('"', '""')}"`;
  return `\`${name.replaceAll('`', '``')}\``;
}

function printDefinition(columns: readonly ColumnDefinition[], primaryKey: readonly string[]): string {
  const items = columns.map(({ name, type, typeArguments }) => {
    const list = typeArguments.length > 0 ? `(${typeArguments.join(', ')})` : '';
    return `${quote(name)} ${type}${list}`;
  });
  if (primaryKey.length > 0) items.push(`PRIMARY KEY (${primaryKey.map(quote).join(', ')})`);
  return `(${items.join(', ')})`;
}

function printValue(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function plain<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const someNames = fc.array(anyName, { minLength: 1, maxLength: 3 });

const anyQualifiedName = fc.oneof(
  plain({ name: anyName }),
  plain({ schema: anyName, name: anyName }),
  plain({ catalog: anyName, schema: anyName, name: anyName }),
);

const anyDefinition = plain({
  columns: fc.array(
    plain({
      name: anyName,
      type: fc.constantFrom('INTEGER', 'VARCHAR', 'DOUBLE PRECISION'),
      typeArguments: fc.array(fc.nat(), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  primaryKey: fc.array(anyName, { maxLength: 2 }),
});

const anyOptions = fc
  .record(
    { DropTable: fc.boolean(), BatchSize: fc.nat(), CacheSchema: fc.string(), TableNamePrefix: fc.string() },
    { requiredKeys: [] },
  )
  .map((record): ReadonlyMap<string, string | number | boolean> => new Map(Object.entries(record)));

const anySelect = fc
  .tuple(fc.string(), fc.constantFrom("'", '"', '`'))
  .map(([text, mark]) => `SELECT ${mark}${text.replaceAll(mark, mark + mark)}${mark} AS x /* ; */ FROM Issues`);

const rest = { destination: anyQualifiedName, options: anyOptions };
const lists = { definition: anyDefinition, include: someNames, exclude: someNames };

export const anyStatement: fc.Arbitrary<StatementContent> = fc.oneof(
  fc.record(
    { ...rest, ...lists, select: anySelect },
    { requiredKeys: ['destination', 'options', 'select'], noNullPrototype: true },
  ),
  fc.record(
    { ...rest, ...lists, source: anyName },
    { requiredKeys: ['destination', 'options', 'source'], noNullPrototype: true },
  ),
) as fc.Arbitrary<StatementContent>;
