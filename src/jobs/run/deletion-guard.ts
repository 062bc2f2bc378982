import type { Selection, Session, Transaction } from '../../load/dialect.ts';
import { displayName } from '../../load/table.ts';
import { DataError } from '../../runtime/errors.ts';
import type { StatementPlan } from '../plan/job-plan.ts';

/** More rows than this, and a larger part of the table than that, do not go at once without a word from the user. */
const MOST_ROWS = 100;
const LARGEST_PART = 0.1;

type GuardedPlan = Pick<StatementPlan, 'destination' | 'path'>;

/** What complete readings have removed so far; a table that is read by parts must not go bit by bit. */
interface Swept {
  rows: number;
}

/**
 * The session with a guard against mass deletion: a transaction that would remove, or mark, a large part of the
 * statement's table because a complete reading lacks these rows is undone. Deletions that Backlog tells one by one, of
 * a row or of a whole project, are proven one by one, and pass.
 */
export function guardedSession(session: Session, plan: GuardedPlan): Session {
  let before: Swept = { rows: 0 };
  return {
    facts: session.facts,
    async transaction(work) {
      let after = before;
      const result = await session.transaction((transaction) => {
        after = { ...before };
        return work(guarded(transaction, plan, after));
      });
      before = after;
      return result;
    },
    readTable: (table, columns, which) => session.readTable(table, columns, which),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

function guarded(transaction: Transaction, plan: GuardedPlan, swept: Swept): Transaction {
  const name = displayName(plan.destination);
  return {
    attempt: (part) => transaction.attempt(part),
    describe: (table) => transaction.describe(table),
    apply: (changes) => transaction.apply(changes),
    read: (table, columns) => transaction.read(table, columns),
    count: (table) => transaction.count(table),
    holdsLongIntegers: (table, column) => transaction.holdsLongIntegers(table, column),
    append: (target, rows) => transaction.append(target, rows),
    upsert: (target, rows) => transaction.upsert(target, rows),
    keysUnder: (table, key, columns, parents) => transaction.keysUnder(table, key, columns, parents),
    remove: (table, key, keys) => transaction.remove(table, key, keys),
    mark: (table, key, mark, rows) => transaction.mark(table, key, mark, rows),
    move: (from, to, columns) => transaction.move(from, to, columns),
    async sweep(table, rows, mark) {
      const gone = await transaction.sweep(table, rows, mark);
      if (displayName(table) !== name || isProven(rows)) return gone;
      swept.rows += gone;
      if (gone === 0 || swept.rows <= MOST_ROWS) return gone;
      const before = (await transaction.count(table)) + (mark === undefined ? swept.rows : 0);
      if (swept.rows > before * LARGEST_PART) throw massDeletion(plan, swept.rows, before);
      return gone;
    },
  };
}

/** A part that is gone as such: no reading had to find out that it lacks its rows. */
function isProven({ kind, within }: Selection): boolean {
  return kind === 'all' && within !== undefined;
}

function massDeletion({ destination, path }: GuardedPlan, gone: number, before: number): DataError {
  const table = displayName(destination);
  return new DataError({
    code: 'job.mass-deletion',
    path,
    text: {
      en: `${gone} of the ${before} rows of ${table} are not in Backlog any more. None of them was deleted.`,
      ja: `${table} の ${before} 行のうち ${gone} 行が Backlog にありません。削除はしていません。`,
    },
    hint: {
      en: 'Check what the key can see. If they are gone indeed, run once with --allow-mass-deletion, or write WITH AllowMassDeletion.',
      ja: 'キーで閲覧できる範囲を確認してください。実際に削除されている場合は、--allow-mass-deletion を付けて一度実行するか、文に WITH AllowMassDeletion を書いてください。',
    },
  });
}
