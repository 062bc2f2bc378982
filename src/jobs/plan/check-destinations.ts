import type { Facts } from '../../load/dialect.ts';
import { ConfigurationError } from '../../runtime/errors.ts';
import { RUN_TABLE } from '../state/run-table.ts';
import { STATE_TABLE } from '../state/state-table.ts';
import type { StatementPlan } from './job-plan.ts';

/**
 * Each statement has a table of its own, as far as the database can tell names apart, and none of ours.
 *
 * @throws ConfigurationError `job.same-table` or `job.reserved-table`
 */
export function checkDestinations(plans: readonly StatementPlan[], facts: Facts): void {
  const fold = (name: string) => (facts.names.foldsCase ? name.toLowerCase() : name);
  const taken = new Map<string, StatementPlan>();
  for (const plan of plans) {
    const name = fold(plan.table);
    const other = taken.get(name);
    if (other !== undefined) throw sameTable(plan, other);
    if (name === STATE_TABLE || name === RUN_TABLE) throw reservedTable(plan);
    taken.set(name, plan);
  }
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
