import type { Dialect, Session, TableChanger } from '../../load/dialect.ts';
import type { Plan } from '../../load/evolution.ts';
import { prepareTable } from '../../load/prepare.ts';
import type { LoadSettings } from '../../load/settings.ts';
import { DEFAULT_LOAD_SETTINGS } from '../../load/settings.ts';
import type { SchemaMessage } from '../../message/message.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import { loadSettingsOf } from '../run/load-settings.ts';
import { resultSchema } from '../run/projection.ts';
import { runSchema } from '../state/run-table.ts';
import { stateSchema } from '../state/state-table.ts';

type Renderer = Pick<Dialect<never>, 'facts' | 'render'>;

/** The statements that would make the tables fit; nothing of it is done. Without a session there are no tables yet. */
export async function schemaChanges(
  plans: readonly StatementPlan[],
  session: Session | undefined,
  { facts, render }: Renderer,
): Promise<readonly string[]> {
  const forecast = async (tables: TableChanger) => {
    const changes: Plan[] = [];
    const look = async (schema: SchemaMessage, settings: LoadSettings, from = tables) => {
      await prepareTable({ ...only(from), apply: async (plan) => void changes.push(plan) }, schema, settings, facts);
    };
    for (const plan of plans) {
      const exists = (await tables.describe(plan.destination)) !== undefined;
      const drops = plan.settings.recreate && exists;
      if (drops) changes.push({ table: plan.destination, changes: [{ kind: 'drop' }] });
      await look(resultSchema(plan.query, plan.table), loadSettingsOf(plan), drops ? NO_TABLES : tables);
    }
    for (const schema of [stateSchema, runSchema]) await look(schema, DEFAULT_LOAD_SETTINGS);
    return changes.flatMap((plan) => render(plan));
  };
  return session === undefined ? forecast(NO_TABLES) : session.transaction(forecast);
}

const NO_TABLES: TableChanger = {
  describe: async () => undefined,
  apply: async () => undefined,
  holdsLongIntegers: async () => false,
};

function only(tables: TableChanger): Omit<TableChanger, 'apply'> {
  return {
    describe: (table) => tables.describe(table),
    holdsLongIntegers: (table, column) => tables.holdsLongIntegers(table, column),
  };
}
