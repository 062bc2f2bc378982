import type { CatalogStream } from '../message/catalog.ts';
import type { JobFile } from '../replicate/job-file.ts';
import { pascalName } from '../replicate/names.ts';
import type { Text } from '../runtime/text.ts';

/** What the user should know about what a job file asks for, and about its keys that are for CData's own surroundings. */
export function jobNotices(job: JobFile, offered: readonly CatalogStream[]): readonly Text[] {
  const { notices, schedule, notificationUserName, path } = job;
  return [
    ...notices,
    ...(job.replicateAll && job.source.tables === undefined ? [everythingNotice(offered, path)] : []),
    ...(isScheduled(schedule) ? [scheduleNotice(schedule, path)] : []),
    ...(notificationUserName === undefined ? [] : [mailNotice(path)]),
  ];
}

function everythingNotice(offered: readonly CatalogStream[], path: string): Text {
  const heavy = offered.filter(({ selectedByDefault }) => !selectedByDefault).map(({ name }) => pascalName(name));
  const tables = heavy.join(', ');
  return {
    en:
      `${path}: ReplicateAll reads all ${offered.length} tables, also those that cost up to one request for each issue, ` +
      `page or user: ${tables}. --dry-run tells how many that are; Tables=… in <ConnectionString> leaves tables out.`,
    ja:
      `${path}: ReplicateAll は ${offered.length} テーブルすべてを読み込みます。課題・ページ・ユーザーごとに最大 1 リクエスト必要な` +
      `テーブルも含みます: ${tables}。リクエスト数は --dry-run で確認でき、<ConnectionString> の Tables=… で対象を絞れます。`,
  };
}

type Schedule = NonNullable<JobFile['schedule']>;

function isScheduled(schedule: Schedule | undefined): schedule is Schedule {
  const interval = schedule?.interval?.toLowerCase() ?? 'never';
  return interval !== 'never';
}

function scheduleNotice({ startTime, interval }: Schedule, path: string): Text {
  const written = [
    ...(startTime === undefined ? [] : [`TaskSchedulerStartTime=${startTime}`]),
    ...(interval === undefined ? [] : [`TaskSchedulerInterval=${interval}`]),
  ].join(', ');
  return {
    en:
      `${path}: this runs the job once. To repeat it (${written}), have the system start this command: ` +
      'cron or a systemd timer on Linux, launchd on macOS, Task Scheduler on Windows.',
    ja:
      `${path}: ジョブは 1 回だけ実行します。繰り返し実行（${written}）するには、このコマンドをシステムから起動してください` +
      '（Linux は cron または systemd タイマー、macOS は launchd、Windows はタスク スケジューラ）。',
  };
}

function mailNotice(path: string): Text {
  return {
    en: `${path}: NotificationUserName is set, but no mail is sent yet. The exit code tells how the run ended.`,
    ja: `${path}: NotificationUserName が設定されていますが、メール送信にはまだ対応していません。結果は終了コードで分かります。`,
  };
}
