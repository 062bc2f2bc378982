import type { ChildrenMessage, KeepMessage, Message } from '../../src/message/message.ts';
import type { TapState } from '../../src/message/state.ts';
import type { Row } from '../../src/message/value.ts';

interface Kept {
  readonly row: Row;
  readonly version: number | undefined;
}

/** What a loader would have: tables by stream, rows by key, as of the messages applied so far. */
export class Replica {
  #tables = new Map<string, Map<string, Kept>>();
  #keys = new Map<string, readonly string[]>();
  #committed: ReadonlyMap<string, ReadonlyMap<string, Kept>> = new Map();
  state: TapState | undefined;
  /** Records applied, repeated ones included. */
  received = 0;

  apply(message: Message): void {
    switch (message.type) {
      case 'schema':
        this.#keys.set(message.stream, message.keyProperties);
        if (!this.#tables.has(message.stream)) this.#tables.set(message.stream, new Map());
        break;
      case 'record':
        this.received += 1;
        this.#table(message.stream).set(this.#keyOf(message), { row: message.record, version: message.version });
        break;
      case 'children':
        this.#replace(message);
        break;
      case 'tombstone':
        this.#table(message.stream).delete(this.#keyOf(message));
        break;
      case 'activateVersion':
        this.#activate(message.stream, message.version);
        break;
      case 'activatePart':
        this.#activate(message.stream, message.version, message.part);
        break;
      case 'keep':
        this.#keep(message);
        break;
      case 'state':
        this.state = structuredClone(message.value) as TapState;
        this.#committed = copy(this.#tables);
    }
  }

  /** Forgets what came after the last state, as a loader does that is killed. */
  rollBack(): void {
    this.#tables = copy(this.#committed);
  }

  /** In the order of their keys. */
  rows(stream: string): readonly Row[] {
    const table = this.#tables.get(stream) ?? new Map<string, Kept>();
    return [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row);
  }

  get streams(): readonly string[] {
    return [...this.#tables.keys()];
  }

  #replace({ stream, parent, records }: ChildrenMessage): void {
    const keys = this.#keys.get(stream) ?? [];
    for (const column of Object.keys(parent))
      if (!keys.includes(column)) throw new Error(`${column} is not in the key`);
    const table = this.#table(stream);
    const belongs = ({ row }: Kept) => Object.entries(parent).every(([column, value]) => row[column] === value);
    for (const [key, kept] of table) if (belongs(kept)) table.delete(key);
    for (const record of records) {
      this.received += 1;
      const kept = { row: record, version: undefined };
      if (!belongs(kept)) throw new Error(`a row of ${stream} has another parent`);
      table.set(this.#keyOf({ stream, record }), kept);
    }
  }

  #activate(stream: string, version: number | undefined, part: Row = {}): void {
    const table = this.#table(stream);
    for (const [key, kept] of table) {
      const isGone = version === undefined || kept.version !== version;
      if (isGone && has(kept.row, part)) table.delete(key);
    }
  }

  #keep({ stream, parents, version }: KeepMessage): void {
    const table = this.#table(stream);
    for (const [key, { row }] of table) if (parents.some((each) => has(row, each))) table.set(key, { row, version });
  }

  #table(stream: string): Map<string, Kept> {
    const table = this.#tables.get(stream);
    if (!table) throw new Error(`no schema for ${stream} yet`);
    return table;
  }

  #keyOf({ stream, record }: { readonly stream: string; readonly record: Row }): string {
    return keyText(this.#keys.get(stream) ?? [], record);
  }
}

function has(row: Row, part: Row): boolean {
  return Object.entries(part).every(([column, value]) => {
    if (!(column in row)) throw new Error(`${column} is not in the row`);
    return row[column] === value;
  });
}

/** Sorts as the numbers in it do. */
export function keyText(keys: readonly string[], row: Row): string {
  return keys
    .map((key) => {
      const value = row[key];
      if (value === null || value === undefined) throw new Error(`key column ${key} is empty`);
      return String(value).padStart(20, '0');
    })
    .join('|');
}

export function sortByKey(keys: readonly string[], rows: readonly Row[]): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: keyText(keys, row) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

function copy(tables: ReadonlyMap<string, ReadonlyMap<string, Kept>>): Map<string, Map<string, Kept>> {
  return new Map([...tables].map(([stream, table]) => [stream, new Map(table)]));
}
