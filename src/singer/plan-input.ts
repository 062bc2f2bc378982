import type { Dialect, Session } from '../load/dialect.ts';
import type { Plan } from '../load/evolution.ts';
import { createLoader } from '../load/loader.ts';
import { PlanningSession } from '../load/planning-session.ts';
import type { LoadReport } from '../load/report.ts';
import type { LoadSettings } from '../load/settings.ts';
import { displayName } from '../load/table.ts';
import { EXIT_DONE } from '../runtime/exit-code.ts';
import { takeInput } from './load-input.ts';
import type { Run } from './program.ts';
import { formatTablePlans, type TablePlan } from './table-plan-text.ts';

/** What a plan has to know of a database besides its tables. */
export type Renderer = Pick<Dialect<never>, 'facts' | 'render'>;

/**
 * Reads standard input as a load does and prints the statements that would make the tables fit, also for values that
 * need a wider column than their schema says. Nothing is done, and no state is written. Without a session there is no
 * database yet.
 */
export async function planInput(
  { facts, render }: Renderer,
  session: Session | undefined,
  settings: LoadSettings,
  run: Run,
): Promise<number> {
  const planning = new PlanningSession(facts, session);
  const own = withoutReadings(settings);
  const options = { session: planning, settings: own, onState: () => undefined, clock: run.host.clock, log: run.log };
  const loader = createLoader(options);
  if (!(await takeInput(loader, own, run))) return EXIT_DONE;
  const plans = tablePlans(await loader.finish(), planning.plans, render);
  await run.output.write(formatTablePlans(plans, run.command.format, run.language));
  return EXIT_DONE;
}

/** All tables of streams, then those that are no stream's own. */
function tablePlans({ tables }: LoadReport, plans: readonly Plan[], render: Renderer['render']): readonly TablePlan[] {
  const statements = new Map<string, readonly string[]>();
  for (const plan of plans) {
    const table = displayName(plan.table);
    statements.set(table, [...(statements.get(table) ?? []), ...render(plan)]);
  }
  const own = [...tables].map(([stream, { table }]) => [displayName(table), stream] as const);
  const others = [...statements.keys()].filter((table) => !own.some(([name]) => name === table));
  return [
    ...own.map(([table, stream]) => ({ stream, table, statements: statements.get(table) ?? [] })),
    ...others.map((table) => ({ table, statements: statements.get(table) ?? [] })),
  ];
}

/** A reading of a whole table needs tables of its own while it lasts; none of them stays. */
function withoutReadings({ loadMethod, ...settings }: LoadSettings): LoadSettings {
  return { ...settings, activateVersion: false, loadMethod: loadMethod === 'overwrite' ? 'upsert' : loadMethod };
}
