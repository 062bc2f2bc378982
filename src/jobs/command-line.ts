import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { LONGEST_CYCLE_DAYS, LONGEST_CYCLE_HOURS } from '../replicate/source-connection.ts';
import { EXIT_DONE, EXIT_USAGE } from '../runtime/exit-code.ts';
import type { LogLevel } from '../runtime/log.ts';
import type { Language, Text } from '../runtime/text.ts';

/** Paths of what one job consists of. */
export interface JobPaths {
  readonly job: string;
  /** A job that replicates everything needs none. */
  readonly queries?: string;
}

export interface CommandLine {
  /** One at least; several run side by side. */
  readonly jobs: readonly [JobPaths, ...JobPaths[]];
  /** Print the report as one JSON document. */
  readonly json: boolean;
  /** Only tell what a run would cost and what it would do to the tables. */
  readonly dryRun: boolean;
  /** Tell the cost before the run too, so that the report has both. */
  readonly planFirst: boolean;
  /** Compare everything whose deletion Backlog does not tell. */
  readonly reconcile: boolean;
  /** How long lists that are read whole may wait, in place of what the job file says. */
  readonly mastersEveryHours?: number;
  /** Of how many last days all comments are read again, in place of what the job file says. */
  readonly rereadCommentsDays?: number;
  /** Delete however many rows are gone. */
  readonly allowMassDeletion: boolean;
  readonly level: LogLevel;
}

/** Help or the version was asked for, or the arguments are wrong: all has been said, the program ends so. */
export interface Ended {
  readonly exitCode: number;
}

export interface CommandOutput {
  readonly write: (text: string) => void;
  readonly writeProblem: (text: string) => void;
}

/** Reads the arguments (without node and script) of `backlog-sync`. */
export function parseCommandLine(
  args: readonly string[],
  version: string,
  language: Language,
  output: CommandOutput,
): CommandLine | Ended {
  const command = backlogSync(version, language).configureOutput({
    writeOut: output.write,
    writeErr: output.writeProblem,
    outputError: (text, write) => write(text.replace(/^error: /, 'backlog-sync: ')),
  });
  try {
    const options = command.parse([...args], { from: 'user' }).opts<Options>();
    const jobs = pathsOf(options);
    return jobs ? commandLine(jobs, options) : command.error(`error: ${countsText(options)[language]}`);
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE };
    throw error;
  }
}

interface Options {
  readonly job: readonly string[];
  readonly queries?: readonly string[];
  readonly json?: true;
  readonly dryRun?: true;
  readonly planFirst?: true;
  readonly reconcile?: true;
  readonly mastersEveryHours?: number;
  readonly rereadCommentsDays?: number;
  readonly allowMassDeletion?: true;
  readonly verbose?: true;
  readonly quiet?: true;
}

/** One query file for all jobs, or one for each, in the same order. */
function pathsOf({ job: jobs, queries = [] }: Options): CommandLine['jobs'] | undefined {
  if (queries.length > 1 && queries.length !== jobs.length) return undefined;
  const [first, ...others] = jobs.map((job, index) => {
    const file = queries.length === 1 ? queries[0] : queries[index];
    return { job, ...(file === undefined ? {} : { queries: file }) };
  });
  return first && [first, ...others];
}

function countsText({ job: jobs, queries = [] }: Options): Text {
  return {
    en: `-g is given ${jobs.length} times and -f ${queries.length} times: give one query file for all jobs, or one for each.`,
    ja: `-g が ${jobs.length} 個、-f が ${queries.length} 個あります。クエリファイルは全ジョブ共通の 1 つ、またはジョブごとに 1 つ指定してください。`,
  };
}

function commandLine(jobs: CommandLine['jobs'], { verbose, quiet, ...flags }: Options): CommandLine {
  const level = verbose ? 'debug' : quiet ? 'warning' : 'info';
  return {
    jobs,
    json: flags.json === true,
    dryRun: flags.dryRun === true,
    planFirst: flags.planFirst === true,
    reconcile: flags.reconcile === true,
    ...(flags.mastersEveryHours === undefined ? {} : { mastersEveryHours: flags.mastersEveryHours }),
    ...(flags.rereadCommentsDays === undefined ? {} : { rereadCommentsDays: flags.rereadCommentsDays }),
    allowMassDeletion: flags.allowMassDeletion === true,
    level,
  };
}

const DESCRIPTION: Text = {
  en: 'Copies Backlog data into a database, as a job file and REPLICATE statements written for CData Sync say.',
  ja: 'CData Sync 用のジョブファイルと REPLICATE 文のとおりに、Backlog のデータをデータベースへ複製します。',
};

const OPTIONS: readonly (readonly [flags: string, description: Text])[] = [
  ['--json', { en: 'print the report as one JSON document', ja: '結果を 1 つの JSON 文書で出力する' }],
  [
    '--dry-run',
    {
      en: 'tell what a run would cost and change, and do nothing',
      ja: '実行した場合のリクエスト数とテーブルの変更を表示するだけで、何も実行しない',
    },
  ],
  [
    '--plan-first',
    {
      en: 'tell the requests beforehand too, so that the report shows both; costs a few requests',
      ja: '実行前にリクエスト数を見積もり、結果に並べて表示する（見積もりにもリクエストが必要）',
    },
  ],
  [
    '--reconcile',
    {
      en: 'compare everything, to find deletions that Backlog does not tell',
      ja: 'すべてを照合し、Backlog からは分からない削除を見つける',
    },
  ],
  [
    '--allow-mass-deletion',
    {
      en: 'delete also when a large part of a table is gone',
      ja: 'テーブルの大部分がなくなっている場合も削除する',
    },
  ],
  ['--verbose', { en: 'tell more while running', ja: '実行中の情報を詳しく表示する' }],
];

const MASTERS: Text = {
  en: 'how long lists that are read whole may wait; 0 reads them all now',
  ja: '毎回すべてを読む一覧の読み直しを待つ時間。0 はすべて今読む',
};

const COMMENTS: Text = {
  en: 'read all comments again of issues updated in so many last days, to find edited and deleted ones',
  ja: '直近この日数以内に更新された課題のコメントをすべて読み直し、編集や削除を検出する',
};

const HOURS: Text = {
  en: `Write a number of hours from 0 to ${LONGEST_CYCLE_HOURS}.`,
  ja: `0 から ${LONGEST_CYCLE_HOURS} までの時間数を指定してください。`,
};

const DAYS: Text = {
  en: `Write a number of days from 0 to ${LONGEST_CYCLE_DAYS}.`,
  ja: `0 から ${LONGEST_CYCLE_DAYS} までの日数を指定してください。`,
};

function numberUpTo(most: number, hint: string): (text: string) => number {
  return (text) => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (number >= 0 && number <= most) return number;
    throw new InvalidArgumentError(hint);
  };
}

const JOB: Text = {
  en: 'job file: <CDataSync> XML; several run side by side',
  ja: 'ジョブファイル（<CDataSync> XML）。複数指定すると並行して実行する',
};

const QUERIES: Text = {
  en: 'query file: REPLICATE statements; one for all jobs, or one for each',
  ja: 'クエリファイル（REPLICATE 文）。全ジョブ共通の 1 つ、またはジョブごとに 1 つ',
};

function append(path: string, before: readonly string[] = []): readonly string[] {
  return [...before, path];
}

const QUIET: Text = { en: 'tell only what needs attention', ja: '注意が必要なことだけを表示する' };

const AFTER: Text = {
  en: `
Example:
  backlog-sync -g MyProductionBacklogConfig.xml -f MyProductionBacklogSync.sql

Exit code: 0 done, 1 a statement failed or is incomplete, 2 the files or arguments are wrong,
3 Backlog or the database cannot be reached, 128+n ended by signal n.
Language: set BACKLOG_LANGUAGE to en or ja; otherwise the locale decides.`,
  ja: `
例:
  backlog-sync -g MyProductionBacklogConfig.xml -f MyProductionBacklogSync.sql

終了コード: 0 完了、1 失敗または未完了の文がある、2 ファイルまたは引数の誤り、
3 Backlog またはデータベースに接続できない、128+n シグナル n による終了。
言語: BACKLOG_LANGUAGE に en または ja を設定します。なければロケールに従います。`,
};

function backlogSync(version: string, language: Language): Command {
  const command = new Command('backlog-sync')
    .description(DESCRIPTION[language])
    .requiredOption('-g, --job <file>', JOB[language], append)
    .option('-f, --queries <file>', QUERIES[language], append)
    .version(version, '--version', { en: 'print the version', ja: 'バージョンを表示する' }[language])
    .helpOption('-h, --help', { en: 'print this help', ja: 'このヘルプを表示する' }[language])
    .addHelpText('after', AFTER[language])
    .exitOverride();
  for (const [flags, description] of OPTIONS) command.option(flags, description[language]);
  command.option('--masters-every-hours <hours>', MASTERS[language], numberUpTo(LONGEST_CYCLE_HOURS, HOURS[language]));
  command.option('--reread-comments-days <days>', COMMENTS[language], numberUpTo(LONGEST_CYCLE_DAYS, DAYS[language]));
  return command.addOption(new Option('--quiet', QUIET[language]).conflicts('verbose'));
}
