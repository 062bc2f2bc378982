import type { Loader } from '../../load/loader.ts';
import type { LoadReport } from '../../load/report.ts';
import type { Message } from '../../message/message.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Phase, StatementProgress } from '../progress/progress.ts';
import type { Lacking } from './completeness.ts';
import type { Projection } from './projection.ts';

/** What became of a statement after its reading. */
export interface StatementOutcome {
  /** Rows and deletions that the reader handed over. */
  readonly read: number;
  readonly loaded: LoadReport;
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
  /** Commits what is pending. What is `lacking` decides which rows that are not part of a replacement may go. */
  finish(lacking: Lacking): Promise<StatementOutcome>;
  progress(requests: number): StatementProgress;
}

export interface StatementParts {
  readonly table: string;
  readonly projection: Projection;
  readonly loader: Loader;
  readonly clock: Clock;
  /** Done once, before the first row is loaded. */
  readonly prepare: () => Promise<void>;
}

export function startStatement({ table, projection, loader, clock, prepare }: StatementParts): StatementRun {
  const startedAt = clock.now();
  let read = 0;
  let failure: unknown;
  let phase: Phase = 'reading';
  let outcome: StatementOutcome | undefined;
  let prepared: Promise<void> | undefined;

  const seconds = () => outcome?.seconds ?? (clock.now() - startedAt) / 1000;

  const load = async (messages: readonly Message[]) => {
    if (messages.length === 0) return;
    prepared ??= prepare();
    await prepared;
    await loader.write(messages);
  };

  const guarded = async (work: () => Promise<void>) => {
    if (failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      failure = error;
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
    async finish(lacking) {
      await guarded(async () => {
        for await (const messages of projection.finish(lacking)) await load(messages);
        await loader.finish();
      });
      projection.close();
      phase = lacking?.length === 0 ? 'done' : 'incomplete';
      outcome = { read, loaded: loader.report(), seconds: seconds(), failure };
      return outcome;
    },
    progress(requests) {
      return { table, phase: failure === undefined ? phase : 'failed', rows: read, seconds: seconds(), requests };
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
