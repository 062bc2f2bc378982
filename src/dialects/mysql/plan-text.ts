import { type Change, keyIndexName, type Plan } from '../../load/evolution.ts';
import type { Column } from '../../load/table.ts';
import { inUnicode } from './charset.ts';
import { declaredText, type KeyForm, newColumnText } from './column-text.ts';
import type { ServerFacts } from './connection.ts';
import { conversion } from './conversion.ts';
import { interimName } from './interim-name.ts';
import { INVISIBLE } from './invisible.ts';
import { digestDefinition, digestName, isIndexable, isLong } from './key-column.ts';
import { quote, quoteTable } from './names.ts';
import { ROW_COLUMN_TEXT } from './row-column.ts';
import type { Shape } from './shape.ts';

type Widening = Change & { readonly kind: 'widen' };
type KeyAddition = Change & { readonly kind: 'addKey' };

/**
 * The statements of a plan. The shape tells what the table's columns are if they are not as we make them; without it the
 * plan is taken for one of a table of ours.
 */
export function planTexts(plan: Plan, shape: Shape | undefined, server: TableRules): readonly string[] {
  return new PlanWriter(plan, shape, server).statements();
}

/** Of the database that a new table may need. */
export function databaseTexts({ table: { schema }, changes }: Plan): readonly string[] {
  if (schema === undefined || !changes.some(({ kind }) => kind === 'create')) return [];
  return [`CREATE DATABASE IF NOT EXISTS ${quote(schema)} CHARACTER SET utf8mb4`];
}

/** What tables depend on the server for. */
export type TableRules = Pick<ServerFacts, 'exactCollation' | 'needsPrimaryKey'>;

class PlanWriter {
  readonly #plan: Plan;
  readonly #shape: Shape | undefined;
  readonly #key: KeyForm;
  readonly #table: string;
  readonly #needsPrimaryKey: boolean;

  constructor(plan: Plan, shape: Shape | undefined, { exactCollation, needsPrimaryKey }: TableRules) {
    this.#plan = shape === undefined ? plan : withKeysMadeAnew(plan, shape);
    this.#shape = shape;
    this.#table = quoteTable(plan.table);
    const addition = this.#changes('addKey')[0];
    this.#key = { columns: addition?.columns ?? [], collation: exactCollation };
    this.#needsPrimaryKey = needsPrimaryKey;
  }

  /** Indexes go first and come last, as what lies between changes their columns. */
  statements(): readonly string[] {
    const additions = this.#changes('addKey');
    return [
      ...this.#changes('drop').map(() => `DROP TABLE ${this.#table}`),
      ...this.#changes('create').map(({ columns }) => this.#create(columns, additions)),
      ...this.#changes('dropKey').map(({ index }) => this.#alter(this.#dropKey(index))),
      ...this.#add(this.#changes('add').map(({ column }) => column)),
      ...this.#changes('widen').flatMap((widening) => this.#widen(widening)),
      ...(this.#changes('create').length > 0 ? [] : additions.map((key) => this.#alter(this.#addKey(key, true)))),
    ];
  }

  #changes<K extends Change['kind']>(kind: K): readonly (Change & { readonly kind: K })[] {
    return this.#plan.changes.filter((change): change is Change & { readonly kind: K } => change.kind === kind);
  }

  #alter(actions: readonly string[]): string {
    return `ALTER TABLE ${this.#table} ${actions.join(', ')}`;
  }

  #create(columns: readonly Column[], keys: readonly KeyAddition[]): string {
    const parts = [
      ...columns.map((column) => newColumnText(column, this.#key)),
      ...keys.flatMap((key) => this.#addKey(key, false)),
      ...(this.#needsPrimaryKey ? [`${ROW_COLUMN_TEXT} ${INVISIBLE} PRIMARY KEY`] : []),
    ];
    return `CREATE TABLE ${this.#table} (${parts.join(', ')}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4`;
  }

  #add(columns: readonly Column[]): readonly string[] {
    if (columns.length === 0) return [];
    return [this.#alter(columns.map((column) => `ADD COLUMN ${newColumnText(column, this.#key)}`))];
  }

  #dropKey(index: string): readonly string[] {
    const columns = this.#shape?.uniqueIndexes.find(({ name }) => name === index)?.columns ?? [];
    const digested = columns.filter((name) => this.#shape?.digested.has(name));
    return [`DROP INDEX ${quote(index)}`, ...digested.map((name) => `DROP COLUMN ${quote(digestName(name))}`)];
  }

  #addKey({ index, columns }: KeyAddition, altering: boolean): readonly string[] {
    const add = altering ? 'ADD ' : '';
    const digested = columns.filter((name) => this.#needsDigest(name, columns.length));
    const parts = columns.map((name) => quote(digested.includes(name) ? digestName(name) : name));
    return [
      ...digested.map((name) => `${add}${altering ? 'COLUMN ' : ''}${digestDefinition(name, this.#charsetOf(name))}`),
      `${add}UNIQUE INDEX ${quote(index)} (${parts.join(', ')})`,
    ];
  }

  #needsDigest(name: string, columns: number): boolean {
    const added = [...this.#changes('create').flatMap(({ columns }) => columns), ...this.#added()];
    const fresh = added.find((column) => column.name === name);
    if (fresh !== undefined) return isLong(fresh.type) && fresh.type !== 'text';
    const widened = this.#changes('widen').find(({ column }) => column === name);
    if (widened !== undefined) return isLong(widened.to);
    const column = this.#shape?.columns.get(name);
    return column !== undefined && !isIndexable(column, columns, this.#key.collation);
  }

  #added(): readonly Column[] {
    return this.#changes('add').map(({ column }) => column);
  }

  #charsetOf(name: string): string | undefined {
    const widened = this.#changes('widen').some(({ column }) => column === name);
    return widened ? undefined : this.#shape?.columns.get(name)?.charset;
  }

  /** What the server cannot convert itself is written to a column of its own, which then takes the old one's place. */
  #widen({ column, from, to }: Widening): readonly string[] {
    const actual = this.#shape?.columns.get(column);
    const source = actual?.declared.startsWith('datetime') ? 'timestamp' : (actual?.type ?? from);
    const declared = declaredText(to, this.#key.collation);
    const constraint = actual?.nullable === false ? ' NOT NULL' : '';
    const name = quote(column);
    const converted = conversion(source, to, inUnicode(name, actual?.charset));
    if (converted === undefined) return [this.#alter([`MODIFY COLUMN ${name} ${declared}${constraint}`])];
    const interim = interimName(column);
    const leftover = this.#shape?.interim.has(interim) ? [`DROP COLUMN ${quote(interim)}`] : [];
    return [
      ...(leftover.length > 0 ? [this.#alter(leftover)] : []),
      this.#alter([`ADD COLUMN ${quote(interim)} ${declared} AFTER ${name}`]),
      `UPDATE ${this.#table} SET ${quote(interim)} = ${converted} WHERE ${name} IS NOT NULL`,
      this.#alter([`DROP COLUMN ${name}`, `CHANGE COLUMN ${quote(interim)} ${name} ${declared}${constraint}`]),
    ];
  }
}

/** A unique index of ours over a column that is widened is dropped before, and made again after it. */
function withKeysMadeAnew(plan: Plan, { uniqueIndexes }: Shape): Plan {
  const widened = plan.changes.flatMap((change) => (change.kind === 'widen' ? [change.column] : []));
  const dropped = plan.changes.flatMap((change) => (change.kind === 'dropKey' ? [change.index] : []));
  const affected = uniqueIndexes.flatMap(({ name, columns }) => {
    const ours = name !== undefined && name === keyIndexName(plan.table, columns);
    return ours && !dropped.includes(name) && columns.some((column) => widened.includes(column))
      ? [{ index: name, columns }]
      : [];
  });
  const drops = affected.map(({ index }): Change => ({ kind: 'dropKey', index }));
  const additions = affected.map((key): Change => ({ kind: 'addKey', ...key }));
  return { ...plan, changes: [...drops, ...plan.changes, ...additions] };
}
