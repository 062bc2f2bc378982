import type { Loader } from '../../load/loader.ts';
import type { LoadReport } from '../../load/report.ts';
import type { Message } from '../../message/message.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StatementProgress } from '../progress/progress.ts';
import type { Projection } from './projection.ts';

/** What became of a statement after its reading. */
export interface StatementOutcome {
  /** Rows and deletions that the reader handed over. */
  readonly read: number;
  readonly loaded: LoadReport | undefined;
  readonly seconds: number;
  /** What ended the statement before its reading was over. */
  readonly failure: unknown;
}

/** One statement while its reading runs. A failure ends this statement alone (invariant 8): nothing here rejects. */
export interface StatementRun {
  readonly table: string;
  readonly failed: boolean;
  /** Takes a group of the reader's messages; resolves when the loader is ready for more. */
  write(messages: readonly Message[]): Promise<void>;
  /**
   * Commits what is pending. `complete`: the reader has read everything that the statement needs, so that rows which
   * are not part of a replacement may go (invariant 5).
   */
  finish(complete: boolean): Promise<StatementOutcome>;
  progress(requests: number): StatementProgress;
}

export function startStatement(table: string, projection: Projection, loader: Loader, clock: Clock): StatementRun {
  const startedAt = clock.now();
  let read = 0;
  let failure: unknown;
  let outcome: StatementOutcome | undefined;

  const seconds = () => outcome?.seconds ?? (clock.now() - startedAt) / 1000;

  const load = async (messages: readonly Message[]) => {
    if (messages.length > 0) await loader.write(messages);
  };

  const guarded = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (failure !== undefined) return undefined;
    try {
      return await work();
    } catch (error) {
      failure = error;
      return undefined;
    }
  };

  return {
    table,
    get failed() {
      return failure !== undefined;
    },
    write: (messages) =>
      guarded(async () => {
        const own = projection.select(messages);
        read += own.reduce((rows, message) => rows + rowsIn(message), 0);
        await load(projection.project(own));
      }),
    async finish(complete) {
      const loaded = await guarded(async () => {
        for await (const messages of projection.finish(complete)) await load(messages);
        return loader.finish();
      });
      projection.close();
      outcome = { read, loaded, seconds: seconds(), failure };
      return outcome;
    },
    progress(requests) {
      const phase = failure !== undefined ? 'failed' : outcome === undefined ? 'reading' : 'done';
      return { table, phase, rows: read, seconds: seconds(), requests };
    },
  };
}

function rowsIn(message: Message): number {
  switch (message.type) {
    case 'record':
    case 'tombstone':
      return 1;
    case 'children':
      return message.records.length;
    default:
      return 0;
  }
}
