import type { JobFile } from '../replicate/job-file.ts';
import type { Text } from '../runtime/text.ts';

/** What the user should know about the keys of a job file that are for CData's own surroundings. */
export function jobNotices({ notices, schedule, notificationUserName, path }: JobFile): readonly Text[] {
  return [
    ...notices,
    ...(isScheduled(schedule) ? [scheduleNotice(schedule, path)] : []),
    ...(notificationUserName === undefined ? [] : [mailNotice(path)]),
  ];
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
