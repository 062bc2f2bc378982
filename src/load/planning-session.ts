import type { Facts, Session, TableChanger, Transaction } from './dialect.ts';
import type { Change, Plan } from './evolution.ts';
import type { ActualColumn, ActualTable, Column, TableName } from './table.ts';

/** Without one there are no tables yet. */
type Looked = Pick<Session, 'transaction'> | undefined;

/** Takes a load for which nothing is done: tables are looked at, what would change them is noted, rows are dropped. */
export class PlanningSession implements Session {
  readonly facts: Facts;
  readonly #session: Looked;
  #noted: Noted = { plans: [], tables: new Map() };

  constructor(facts: Facts, session: Looked) {
    this.facts = facts;
    this.#session = session;
  }

  /** What would be done to tables, in order. */
  get plans(): readonly Plan[] {
    return this.#noted.plans;
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const plan = async (tables: TableChanger) => {
      const noted = { plans: [...this.#noted.plans], tables: new Map(this.#noted.tables) };
      return { result: await work(planning(tables, noted)), noted };
    };
    const { result, noted } = await (this.#session === undefined ? plan(NO_TABLES) : this.#session.transaction(plan));
    this.#noted = noted;
    return result;
  }

  async readTable(): Promise<undefined> {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

interface Noted {
  readonly plans: Plan[];
  /** As they would be. */
  readonly tables: Map<string, ActualTable>;
}

const NO_TABLES: TableChanger = {
  describe: async () => undefined,
  apply: async () => undefined,
  holdsLongIntegers: async () => false,
};

function planning(actual: TableChanger, { plans, tables }: Noted): Transaction {
  const describe = async (table: TableName) => tables.get(idOf(table)) ?? actual.describe(table);
  return {
    describe,
    async apply(plan) {
      const before = (await describe(plan.table)) ?? { columns: [], uniqueIndexes: [] };
      tables.set(idOf(plan.table), plan.changes.reduce(changed, before));
      plans.push(plan);
    },
    async holdsLongIntegers(table, column) {
      const there = (await actual.describe(table))?.columns.some(({ name }) => name === column);
      return there === true && actual.holdsLongIntegers(table, column);
    },
    attempt: (part) => part(),
    read: async () => undefined,
    count: async () => 0,
    append: async () => undefined,
    upsert: async () => ({ inserted: 0, updated: 0, unchanged: 0 }),
    keysUnder: async () => [],
    remove: async () => 0,
    mark: async () => 0,
    sweep: async () => 0,
    move: async () => 0,
  };
}

function idOf({ schema, name }: TableName): string {
  return JSON.stringify([schema, name]);
}

function made({ name, type }: Column): ActualColumn {
  return { name, type, declared: type };
}

function changed({ columns, uniqueIndexes }: ActualTable, change: Change): ActualTable {
  switch (change.kind) {
    case 'create':
      return { columns: change.columns.map(made), uniqueIndexes };
    case 'add':
      return { columns: [...columns, made(change.column)], uniqueIndexes };
    case 'widen':
      return {
        columns: columns.map((column) => (column.name === change.column ? { ...column, type: change.to } : column)),
        uniqueIndexes,
      };
    case 'dropKey':
      return { columns, uniqueIndexes: uniqueIndexes.filter(({ name }) => name !== change.index) };
    case 'addKey':
      return { columns, uniqueIndexes: [...uniqueIndexes, { name: change.index, columns: change.columns }] };
    case 'drop':
      return { columns: [], uniqueIndexes: [] };
  }
}
