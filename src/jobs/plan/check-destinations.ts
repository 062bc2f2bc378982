import { displayName } from '../../load/table.ts';
import { ConfigurationError } from '../../runtime/errors.ts';
import type { Destination } from '../destination/destination.ts';
import { RUN_TABLE } from '../state/run-table.ts';
import { STATE_TABLE } from '../state/state-table.ts';
import type { StatementPlan } from './job-plan.ts';

/** What decides whether two names are one table. */
export type DatabaseNames = Pick<Destination, 'facts' | 'defaultSchema'>;

/**
 * Each statement has a table of its own, as far as the database can tell names apart, and none of ours.
 *
 * @throws ConfigurationError `job.same-table` or `job.reserved-table`
 */
export function checkDestinations(plans: readonly StatementPlan[], database: DatabaseNames): void {
  const taken = new Map<string, StatementPlan>();
  const reserved = [STATE_TABLE, RUN_TABLE].flatMap((name) =>
    namesOf({ destination: { name }, table: name }, database),
  );
  for (const plan of plans) {
    const names = namesOf(plan, database);
    const other = names.map((name) => taken.get(name)).find((found) => found !== undefined);
    if (other !== undefined) throw sameTable(plan, other);
    if (names.some((name) => reserved.includes(name))) throw reservedTable(plan);
    for (const name of names) taken.set(name, plan);
  }
}

/** By which reports and the state know it, and by which the database does: with its schema. */
export function namesOf(
  { table, destination }: Pick<StatementPlan, 'table' | 'destination'>,
  { facts, defaultSchema }: DatabaseNames,
): readonly string[] {
  const full = displayName({ ...(defaultSchema === undefined ? {} : { schema: defaultSchema }), ...destination });
  return [table, full].map((name) => (facts.names.foldsCase ? name.toLowerCase() : name));
}

function sameTable({ table, path }: StatementPlan, other: StatementPlan): ConfigurationError {
  return new ConfigurationError({
    code: 'job.same-table',
    text: {
      en: `This statement would write ${table}, which the statement at ${other.path} writes already.`,
      ja: `この文の書き込み先 ${table} には、${other.path} の文がすでに書き込みます。`,
    },
    hint: {
      en: `Give one of them another table, for example: REPLICATE ${table}_2 SELECT …`,
      ja: `どちらかに別のテーブルを指定してください。例: REPLICATE ${table}_2 SELECT …`,
    },
    path,
  });
}

function reservedTable({ table, path }: StatementPlan): ConfigurationError {
  return new ConfigurationError({
    code: 'job.reserved-table',
    text: {
      en: `The table ${table} is where backlog-sync keeps its own records.`,
      ja: `テーブル ${table} は backlog-sync 自身の記録に使います。`,
    },
    hint: { en: 'Give the statement another table.', ja: '別のテーブルを指定してください。' },
    path,
  });
}
