import type { Session } from '../load/dialect.ts';
import { createLoader, type Loader } from '../load/loader.ts';
import type { LoadReport } from '../load/report.ts';
import type { LoadSettings } from '../load/settings.ts';
import { displayName } from '../load/table.ts';
import { formatJson } from '../message/exact-json.ts';
import { EXIT_DONE, EXIT_FAILED } from '../runtime/exit-code.ts';
import { Patience } from './patience.ts';
import type { Run } from './program.ts';
import type { ProgramLog } from './program-log.ts';
import { type Incoming, readMessages } from './read-messages.ts';
import { nextUnlessStopped } from './stop.ts';

/**
 * Loads standard input to its end, or until the run is stopped: then what has come is committed and its state
 * released before the program ends, but the load is not finished, as what did not come is not gone (invariant 5).
 * What came before a line that cannot be read is committed too.
 */
export async function loadInput(session: Session, settings: LoadSettings, run: Run): Promise<number> {
  const { host, log, output } = run;
  const onState = (value: unknown) => (isEmptyState(value) ? undefined : output.write(`${formatJson(value)}\n`));
  const loader = createLoader({ session, settings, onState, clock: host.clock, log });
  if (!(await takeInput(loader, settings, run))) {
    await loader.flush();
    return EXIT_DONE;
  }
  const report = await loader.finish();
  tell(report, log);
  return isComplete(report) ? EXIT_DONE : EXIT_FAILED;
}

/** Gives the loader what comes on standard input and tells whether it was taken to its end. */
export function takeInput(loader: Loader, settings: LoadSettings, run: Run): Promise<boolean> {
  const messages = readMessages(run.host.input, run.log);
  const patience = new Patience(settings.batchSeconds * 1000, run.host.clock);
  return take(messages, loader, patience, run).finally(() => patience.end());
}

async function take(
  messages: AsyncIterator<readonly Incoming[]>,
  loader: Loader,
  patience: Patience,
  { stop }: Run,
): Promise<boolean> {
  for (;;) {
    const waiting = nextUnlessStopped(messages, stop.signal);
    // Rows must not lie uncommitted while a tap waits.
    if (await patience.isExceededBy(waiting)) await loader.flush();
    const next = await settledBefore(waiting, loader);
    if (next === undefined) return false;
    if (next.done) return true;
    await loader.write(next.value);
  }
}

/** A line that cannot be read ends the run, but not before all that came ahead of it is safe. */
async function settledBefore<T>(waiting: Promise<T>, loader: Loader): Promise<T> {
  try {
    return await waiting;
  } catch (failure) {
    await loader.flush();
    throw failure;
  }
}

/** Meltano takes `{}` as the wish to forget everything. */
function isEmptyState(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** Rows that were put aside are told by the exit code too (invariant 4). */
function isComplete({ tables }: LoadReport): boolean {
  return [...tables.values()].every(({ rejected }) => rejected === 0);
}

function tell(report: LoadReport, log: ProgramLog): void {
  for (const [stream, table] of report.tables) {
    const { received, inserted, updated, unchanged, deleted } = table;
    const name = displayName(table.table);
    log.info({
      en: `${stream} → ${name}: ${received} received, ${inserted} inserted, ${updated} updated, ${unchanged} unchanged, ${deleted} deleted`,
      ja: `${stream} → ${name}: 受信 ${received}、追加 ${inserted}、更新 ${updated}、変更なし ${unchanged}、削除 ${deleted}`,
    });
    if (received > 0) log.metric({ type: 'counter', metric: 'record_count', value: received, tags: { stream } });
  }
  for (const notice of report.notices) log.warning(notice);
}
