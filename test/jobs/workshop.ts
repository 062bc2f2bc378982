import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Host } from '../../src/jobs/host.ts';
import { main } from '../../src/jobs/main.ts';
import { type Clock, systemClock } from '../../src/runtime/clock.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';

export const SMALL: SandboxOptions = { seed: { projects: 2, issues: 30, commentsPerIssue: 1 } };

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ReportedStatement {
  readonly statement: string;
  readonly table: string;
  readonly status: string;
  readonly rows_read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly requests: number;
  readonly requests_shared: boolean;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly path?: string }[];
}

export interface Reported extends Result {
  readonly report: {
    readonly run_id: string;
    readonly status: string;
    readonly exit_code: number;
    readonly requests: number;
    readonly statements: readonly ReportedStatement[];
  };
}

export interface RunOptions {
  /** Instead of the job file's path and the query file's. */
  readonly args?: readonly string[];
  readonly environment?: Host['environment'];
  /** A terminal to watch; by default, plain output that is gathered. */
  readonly stderr?: Host['stderr'];
  /** Waiting costs no time. */
  readonly hurried?: boolean;
  /** Asks the run to end as soon as this resolves. */
  readonly endWhen?: Promise<NodeJS.Signals>;
}

export function queryFile(path: string, sql: string): Record<string, unknown>[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare<[], Record<string, unknown>>(sql).all();
  } finally {
    db.close();
  }
}

/** A Backlog space, and a folder with a job for it. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'backlog-sync-jobs-'));
  readonly database = join(this.folder, 'my.db');
  readonly job = join(this.folder, 'Config.xml');
  readonly queries = join(this.folder, 'Sync.sql');
  readonly sandbox: Sandbox;
  #daysLater = 0;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(options: SandboxOptions = SMALL): Promise<Workshop> {
    const workshop = new Workshop(await startSandbox(options));
    workshop.writeJob();
    return workshop;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Lets the next runs happen so many days later. */
  daysLater(days: number): void {
    this.#daysLater = days;
    this.sandbox.skew(days * 86_400);
  }

  get connection(): string {
    return `APIKey=${this.sandbox.apiKey};URL=${this.sandbox.url};`;
  }

  writeJob(elements: Readonly<Record<string, string>> = {}, path = this.job): void {
    const all = {
      DatabaseType: 'SQLite',
      ConnectionString: this.connection,
      ReplicateAll: 'False',
      DatabaseConnectionString: `Data Source=${this.database}`,
      ...elements,
    };
    const body = Object.entries(all).map(([name, text]) => `  <${name}>${text}</${name}>`);
    writeFileSync(path, ['<CDataSync>', ...body, '</CDataSync>'].join('\n'));
  }

  writeQueries(sql: string): void {
    writeFileSync(this.queries, sql);
  }

  /** Requests so far to this path below `/api/v2`. */
  requestsTo(path: string): readonly unknown[] {
    return this.sandbox.requests.filter((request) => request.path.replace('/api/v2', '') === path);
  }

  async run({ args, environment = {}, stderr: screen, endWhen, hurried }: RunOptions = {}): Promise<Result> {
    const stdout: string[] = [];
    const stderr: string[] = [];
    const host: Host = {
      args: args ?? ['-g', this.job, '-f', this.queries],
      environment,
      platform: 'linux',
      stdout: { write: (text) => stdout.push(text) },
      stderr: screen ?? { write: (text) => stderr.push(text), isTTY: false },
      clock: this.#clock(hurried === true),
      onEndRequest(listener) {
        void endWhen?.then(listener);
        return () => undefined;
      },
    };
    const code = await main(host);
    return { code, stdout: stdout.join(''), stderr: stderr.join('') };
  }

  #clock(isHurried: boolean): Clock {
    return {
      now: () => systemClock.now() + this.#daysLater * 86_400_000,
      sleep: (milliseconds, signal) => systemClock.sleep(isHurried ? Math.min(milliseconds, 5) : milliseconds, signal),
    };
  }

  /** Runs these statements, with the report as data. */
  async replicate(sql: string, options: RunOptions = {}): Promise<Reported> {
    this.writeQueries(sql);
    const result = await this.run({ args: ['-g', this.job, '-f', this.queries, '--json'], ...options });
    return { ...result, report: JSON.parse(result.stdout) };
  }

  rows(table: string, columns = '*'): Record<string, unknown>[] {
    return this.query(`SELECT ${columns} FROM [${table}]`);
  }

  query(sql: string): Record<string, unknown>[] {
    return queryFile(this.database, sql);
  }

  /** Does something to the database from outside. */
  execute(sql: string): void {
    const db = new Database(this.database);
    db.exec(sql);
    db.close();
  }

  issueIds(): readonly number[] {
    return [...this.sandbox.world.issues.heads()].map(({ id }) => id).sort((one, other) => one - other);
  }
}
