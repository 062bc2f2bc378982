import type { Session } from '../../load/dialect.ts';
import { createLoader } from '../../load/loader.ts';
import { DEFAULT_LOAD_SETTINGS } from '../../load/settings.ts';
import type { RecordMessage } from '../../message/message.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/log.ts';
import type { Language } from '../../runtime/text.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { StatementReport } from '../report/job-report.ts';
import { problemLine } from '../report/problem.ts';
import { endedRow, RUN_COLUMNS, RUN_TABLE, type RunRow, runningRow, runRecord, runSchema } from './run-table.ts';
import { isAlive, thisProcess } from './running-process.ts';

/** What `backlog_sync_runs` is to know of a run. */
export interface History {
  /** Records how each statement ended. */
  end(reports: ReadonlyMap<StatementPlan, StatementReport>): Promise<void>;
}

export interface HistoryOptions {
  readonly run: string;
  /** Host name of the space. */
  readonly source: string;
  readonly startedAt: number;
  readonly session: Session;
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: Language;
}

/** Records that the statements run, and that runs which are no more were interrupted. */
export async function openHistory(plans: readonly StatementPlan[], options: HistoryOptions): Promise<History> {
  const { clock, language } = options;
  const identity = { ...options, process: thisProcess() };
  const rows = new Map(
    plans.map(({ text, table }, index) => [table, runningRow(identity, index + 1, text, table)] as const),
  );
  await write([...(await interruptions(options)), ...[...rows.values()].map(runRecord)], options);
  return {
    async end(reports) {
      const ended = [...reports.values()].flatMap((report): readonly RunRow[] => {
        const row = rows.get(report.table);
        return row === undefined ? [] : [endedRow(row, report, clock.now(), messageOf(report, language))];
      });
      await write(ended.map(runRecord), options);
    },
  };
}

/** Rows that are still RUNNING though their process is gone: killed, or its machine went down. */
async function interruptions({ session }: HistoryOptions): Promise<readonly RecordMessage[]> {
  const running =
    (await session.readTable({ name: RUN_TABLE }, RUN_COLUMNS, { column: 'status', is: 'RUNNING' })) ?? [];
  const lost = running.filter(({ process }) => !isAlive(String(process)));
  return lost.map((row) => ({ type: 'record', stream: RUN_TABLE, record: { ...row, status: 'INTERRUPTED' } }));
}

async function write(records: readonly RecordMessage[], { session, clock, log }: HistoryOptions): Promise<void> {
  const loader = createLoader({ session, settings: DEFAULT_LOAD_SETTINGS, onState: () => undefined, clock, log });
  await loader.write([runSchema, ...records]);
  await loader.finish();
}

function messageOf({ problems }: StatementReport, language: Language): string | null {
  return problems.length === 0 ? null : problems.map((problem) => problemLine(problem, language)).join('\n');
}
