import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finished, runProgram } from './program.ts';

/** The job files that CData's article on several Backlog accounts shows, in the shape that each edition has them. */
export const FLAVOURS = {
  windows: (connection: string, database: string) =>
    `<?xml version="1.0" encoding="UTF-8" ?> <CDataSync> <DatabaseType>SQLite</DatabaseType> <DatabaseProvider>System.Data.SQLite</DatabaseProvider> <ConnectionString>${connection}</ConnectionString> <ReplicateAll>False</ReplicateAll> <NotificationUserName></NotificationUserName> <DatabaseConnectionString>Data Source=${database}</DatabaseConnectionString> <TaskSchedulerStartTime>09:51</TaskSchedulerStartTime> <TaskSchedulerInterval>Never</TaskSchedulerInterval> </CDataSync>`,
  java: (connection: string, database: string) =>
    `<?xml version="1.0" encoding="UTF-8" ?> <CDataSync> <DatabaseType>SQLite</DatabaseType> <DatabaseProvider>org.sqlite.JDBC</DatabaseProvider> <ConnectionString>${connection}</ConnectionString> <ReplicateAll>False</ReplicateAll> <NotificationUserName></NotificationUserName> <DatabaseConnectionString>Data Source=${database}</DatabaseConnectionString> </CDataSync>`,
} as const;

/** The article's three statements, in one file. */
export const THREE_STATEMENTS = `REPLICATE Issues;
REPLICATE PROD_Issues SELECT * FROM Issues;
REPLICATE PROD.Issues SELECT * FROM Issues`;

export interface StatementOutcome {
  readonly table: string;
  readonly status: string;
  readonly rows_read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly requests: number;
}

export interface JobOutcome extends Finished {
  readonly report: { readonly requests: number; readonly statements: readonly StatementOutcome[] };
}

/** A folder with a job file, a query file and, after a run, the database; removed when it is disposed of. */
export class JobFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'backlog-sync-e2e-'));
  readonly job = join(this.path, 'MyProductionBacklogConfig.xml');
  readonly queries = join(this.path, 'MyProductionBacklogSync.sql');
  readonly database = join(this.path, 'my.db');

  write(job: string, queries: string): void {
    writeFileSync(this.job, job);
    writeFileSync(this.queries, queries);
  }

  file(name: string, content: string): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  run(environment: Record<string, string> = {}): Promise<Finished> {
    return runProgram('backlog-sync', ['-g', this.job, '-f', this.queries], { environment });
  }

  /** A run that is expected to end well, with its report as data. */
  async sync(): Promise<JobOutcome> {
    const finished = await runProgram('backlog-sync', ['-g', this.job, '-f', this.queries, '--json']);
    if (finished.code !== 0) throw new Error(`exit code ${finished.code}\n${finished.stdout}${finished.stderr}`);
    return { ...finished, report: JSON.parse(finished.stdout) };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
