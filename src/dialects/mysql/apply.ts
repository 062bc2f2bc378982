import type { Change, Plan } from '../../load/evolution.ts';
import type { TableName } from '../../load/table.ts';
import type { MysqlConnection } from './connection.ts';
import { define } from './definitions.ts';
import { literal } from './literal.ts';
import { refusedKey } from './mysql-errors.ts';
import { quote, quoteTable } from './names.ts';
import { databaseTexts, planTexts } from './plan-text.ts';
import type { Shape } from './shape.ts';

/** Changes a table as the plan says. Each statement commits by itself; what one leaves undone, the next plan does. */
export async function applyPlan(connection: MysqlConnection, plan: Plan, shape: Shape | undefined): Promise<void> {
  await ensureDatabase(connection, plan);
  const changes = await Promise.all(plan.changes.map((change) => withoutLoss(connection, plan.table, change)));
  const key = plan.changes.find((change) => change.kind === 'addKey');
  for (const sql of planTexts({ ...plan, changes }, shape, connection.facts)) {
    try {
      await define(connection, sql);
    } catch (error) {
      throw key === undefined ? error : refusedKey(error, plan.table, key.columns);
    }
  }
}

/** The right to create a database is only needed if it does not exist. */
async function ensureDatabase(connection: MysqlConnection, plan: Plan): Promise<void> {
  for (const sql of databaseTexts(plan)) {
    const query = `SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(plan.table.schema ?? '')}`;
    if ((await connection.query(query)).length === 0) await connection.run(sql);
  }
}

/** Doubles that DECIMAL would cut, or has no room for, become text (invariant 7). */
async function withoutLoss(connection: MysqlConnection, table: TableName, change: Change): Promise<Change> {
  if (change.kind !== 'widen' || change.to !== 'decimal' || change.from !== 'number') return change;
  const name = quote(change.column);
  const lost = `ABS(${name}) >= 1e35 OR CAST(${name} AS DECIMAL(65,30)) + 0e0 <> ${name}`;
  const found = await connection.query(`SELECT 1 FROM ${quoteTable(table)} WHERE ${lost} LIMIT 1`);
  return found.length === 0 ? change : { ...change, to: 'text' };
}
