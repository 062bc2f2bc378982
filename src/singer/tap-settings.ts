import { z } from 'zod';
import type { ClientSettings } from '../backlog/create-client.ts';
import { secretSetting, setting } from '../runtime/setting-schema.ts';
import type { TapSettings } from '../tap/tap.ts';
import type { Spelling } from './encode.ts';

const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** What any program that reads Backlog has to be told. */
export const sourceSettingsSchema = z.object({
  url: setting(z.string().min(1), {
    en: 'Address of the Backlog space, for example https://example.backlog.com.',
    ja: 'Backlog スペースのアドレス。例: https://example.backlog.com',
  }),
  api_key: secretSetting(z.string().min(1), {
    en: 'API key of a user of the space; made in the personal settings under API.',
    ja: 'スペースのユーザーの API キー。個人設定の「API」で発行します。',
  }),
  project_keys: setting(z.array(z.union([z.string().min(1), z.int()])).optional(), {
    en: 'Keys or ids of the projects to read; all that the user can see if not given.',
    ja: '読み取るプロジェクトのキーまたは ID。省略時は、ユーザーが参照できるすべてのプロジェクト。',
  }),
  start_date: setting(instant.optional(), {
    en: 'Read only what was changed since this day or moment; everything if not given.',
    ja: 'この日付または日時以降に更新されたものだけを読み取ります。省略時はすべて。',
  }),
  lookback_minutes: setting(z.number().min(0).default(5), {
    en: 'How far before a bookmark everything is read again, because changes can become visible late.',
    ja: 'ブックマークより前のどこまでを読み直すか（分）。変更が遅れて見えることがあるためです。',
  }),
  skip_untouched: setting(z.boolean().default(true), {
    en: 'Spare the request for the comments of issues that were never changed after they were created.',
    ja: '作成後に一度も更新されていない課題については、コメントの取得を省略します。',
  }),
  detect_changes: setting(z.boolean().default(true), {
    en: 'Leave out projects in which nothing has happened since the last run; the activities tell.',
    ja: '前回の実行以降に何も起きていないプロジェクトを省略します（最近の更新から判断）。',
  }),
  masters_every_hours: setting(z.number().min(0).default(0), {
    en: 'How long lists that have to be read whole (statuses, users …) may wait for their next reading; 0 is every run.',
    ja: '毎回すべてを読む一覧（状態、ユーザーなど）を次に読むまでの時間。0 は毎回。',
  }),
  reconcile: setting(z.boolean().default(false), {
    en: 'Read everything again whose deletion only activities tell, and remove what is not there any more.',
    ja: '削除が最近の更新でしか分からないものをすべて読み直し、なくなったものを削除します。',
  }),
  reconcile_every_days: setting(z.number().min(0).default(0), {
    en: 'Do the same by itself whenever it was last done this many days ago; 0 is never.',
    ja: '同じことを、前回からこの日数が過ぎるたびに自動で行います。0 は行いません。',
  }),
  reconcile_comments: setting(z.boolean().default(true), {
    en: 'Whether reconciling reads again what takes a request for each issue, page or document, above all comments; otherwise these only go with their issue, page or document.',
    ja: '照合の際に、課題・ページ・ドキュメントごとにリクエストが必要なもの（主にコメント）も読み直すかどうか。読み直さない場合は、課題などが削除されたときにだけ一緒に削除されます。',
  }),
  reread_comments_days: setting(z.number().min(0).default(0), {
    en: 'In each run, read all comments again of issues that were updated in this many last days, to find edited and deleted ones; 1 request per issue, 0 is none.',
    ja: '毎回、直近この日数以内に更新された課題のコメントをすべて読み直し、編集や削除を検出します。課題ごとに1リクエスト。0 は読み直しません。',
  }),
  key_in: setting(z.enum(['header', 'query']).default('header'), {
    en: 'Where the key is sent: in a header, or in the address for proxies that drop the header.',
    ja: 'API キーの渡し方。header はヘッダー、query は URL（ヘッダーを削除するプロキシ向け）。',
  }),
  budget_share: setting(z.number().gt(0).max(1).default(0.9), {
    en: "The share of each of Backlog's request allowances that may be spent; the rest is left to others with the same key.",
    ja: 'Backlog のリクエスト上限のうち使用してよい割合。残りは、同じキーを使うほかの処理のために空けておきます。',
  }),
  concurrency: setting(z.int().min(1).max(64).default(4), {
    en: 'Requests in flight at once.',
    ja: '同時に送るリクエストの数。',
  }),
  timeout_seconds: setting(z.number().gt(0).max(3600).default(60), {
    en: 'How long to wait to be connected, to be answered, and for each further piece of an answer.',
    ja: '接続、応答、および応答の続きを待つ時間（それぞれの秒数）。',
  }),
  user_agent: setting(z.string().min(1).optional(), {
    en: 'User agent to send instead of the own one.',
    ja: '標準の代わりに送るユーザーエージェント。',
  }),
});

export const tapSettingsSchema = sourceSettingsSchema.extend({
  custom_field_columns: setting(z.enum(['none', 'name', 'id']).default('none'), {
    en: 'Give `issues` a typed column for each custom field, called after its name or its id; discovery then asks the API for the fields.',
    ja: '`issues` にカスタム属性ごとの型付きの列を加えます。列名は属性の名前または ID から決まり、--discover も API に属性を問い合わせます。',
  }),
  replace_children: setting(z.boolean().default(false), {
    en: 'Tell the target each whole list inside an issue, so that what left the list goes, and which rows went with a single project; only for the targets of this package.',
    ja: '課題内の一覧を全体としてターゲットに伝え、一覧から外れたものや、プロジェクトとともになくなった行を削除させます。本パッケージのターゲット専用です。',
  }),
});

export type TapConfig = z.output<typeof tapSettingsSchema>;

export function clientSettingsOf(config: TapConfig): ClientSettings {
  return {
    url: config.url,
    apiKey: config.api_key,
    keyIn: config.key_in,
    budgetShare: config.budget_share,
    concurrency: config.concurrency,
    timeoutSeconds: config.timeout_seconds,
    ...(config.user_agent === undefined ? {} : { userAgent: config.user_agent }),
  };
}

export function readSettingsOf(config: TapConfig): TapSettings {
  const { project_keys, start_date } = config;
  return {
    lookbackMinutes: config.lookback_minutes,
    skipUntouched: config.skip_untouched,
    detectChanges: config.detect_changes,
    mastersEveryHours: config.masters_every_hours,
    reconcile: config.reconcile,
    reconcileEveryDays: config.reconcile_every_days,
    reconcileComments: config.reconcile_comments,
    rereadCommentsDays: config.reread_comments_days,
    wholeTables: !config.replace_children,
    ...(project_keys === undefined ? {} : { projectKeys: project_keys.map(String) }),
    ...(start_date === undefined ? {} : { startDate: start_date }),
  };
}

/** The one setting that decides whether discovery needs the others. */
export const discoverySettingsSchema = tapSettingsSchema.pick({ custom_field_columns: true });

export function spellingOf({ replace_children }: TapConfig): Spelling {
  return { children: replace_children ? 'message' : 'records' };
}
