import { z } from 'zod';
import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../load/settings.ts';
import { zoneNamed } from '../load/zone.ts';
import { setting } from '../runtime/setting-schema.ts';
import { tableNamesOf, tableNamesShape } from './table-names.ts';

const DEFAULTS = DEFAULT_LOAD_SETTINGS;
const MARK = { name: '_sdc_deleted_at', holds: 'instant' } as const;

export const TARGET_CAPABILITIES = [
  'about',
  'activate-version',
  'hard-delete',
  'schema-flattening',
  'soft-delete',
  'structured-logging',
  'target-schema',
  'validate-records',
] as const;

/** The settings of every target, under the names that the MeltanoLabs targets gave them where those have them. */
export const loadSettingsShape = {
  load_method: setting(z.enum(['append-only', 'upsert', 'overwrite']).default('upsert'), {
    en: 'upsert: a row replaces the one with its key; append-only: every row is added; overwrite: what this run does not bring is removed at its end.',
    ja: 'upsert は同じキーの行を置き換え、append-only はすべての行を追加し、overwrite は今回の実行に含まれない行を最後に削除します。',
  }),
  hard_delete: setting(z.boolean().default(false), {
    en: 'Remove rows that are gone at the source; otherwise they are marked in _sdc_deleted_at.',
    ja: '元データから削除された行を物理的に削除します。false の場合は _sdc_deleted_at に削除日時を記録します。',
  }),
  activate_version: setting(z.boolean().default(true), {
    en: 'Take ACTIVATE_VERSION messages: rows that a complete reading did not bring count as deleted.',
    ja: 'ACTIVATE_VERSION メッセージを処理し、全件読み取りに含まれなかった行を削除されたものとして扱います。',
  }),
  add_record_metadata: setting(z.boolean().default(false), {
    en: 'Add the _sdc_… columns: when a row was extracted, received and written, its sequence and version, and when the run began.',
    ja: '抽出・受信・書き込みの日時、順序番号、バージョン、実行の開始時刻を表す _sdc_… 列を追加します。',
  }),
  validate_records: setting(z.boolean().default(DEFAULTS.validateRecords), {
    en: 'Stop at a record that its own schema does not allow. Costs time; without it only what no column can hold stops the load.',
    ja: 'スキーマに合わないレコードがあれば停止します。その分遅くなります。false の場合は、列に格納できない値でのみ停止します。',
  }),
  undeclared_fields_column: setting(z.string().min(1).optional(), {
    en: 'JSON column that keeps fields which the schema does not declare; without it they are counted and reported.',
    ja: 'スキーマにないフィールドを保存する JSON 列の名前。省略時は件数を数えて報告します。',
  }),
  rejects_table: setting(z.string().min(1).optional(), {
    en: 'Table for rows that cannot be written, with the reason; without it such a row ends the load. A load with rejects ends with code 1.',
    ja: '書き込めない行を理由とともに保存するテーブル。省略時は、そのような行で処理を停止します。保存した行がある場合の終了コードは 1 です。',
  }),
  rejects_limit: setting(z.int().min(1).default(100), {
    en: 'With more rejects than this the load ends after all.',
    ja: 'rejects_table に保存する行がこの数を超えたら停止します。',
  }),
  flattening_enabled: setting(z.boolean().default(false), {
    en: 'Make the members of nested objects columns of their own, named object__member; otherwise objects are JSON.',
    ja: '入れ子のオブジェクトのメンバーを object__member という名前の列に展開します。false の場合は JSON として保存します。',
  }),
  flattening_max_depth: setting(z.int().min(0).optional(), {
    en: 'Down to how many levels; all if not given.',
    ja: '展開する階層の数。省略時はすべて。',
  }),
  interpret_content_encoding: setting(z.boolean().default(false), {
    en: 'Write texts whose schema says contentEncoding base16 or base64 as the bytes that they stand for.',
    ja: 'スキーマに contentEncoding（base16 または base64）がある文字列を、バイト列として書き込みます。',
  }),
  timezone: setting(z.string().min(1).default('UTC'), {
    en: 'Time zone of date-times that tell no offset, by its IANA name (Asia/Tokyo). What is written is the instant: with its offset in PostgreSQL, in UTC elsewhere.',
    ja: 'オフセットのない日時のタイムゾーン。IANA の名前（Asia/Tokyo など）で指定します。書き込むのはその瞬間で、PostgreSQL ではオフセット付き、ほかでは UTC です。',
  }),
  ...tableNamesShape,
  batch_size_rows: setting(z.int().min(1).default(DEFAULTS.batchRows), {
    en: 'Commit when this many rows have come.',
    ja: 'この行数に達したらコミットします。',
  }),
  batch_size_bytes: setting(z.int().min(1).default(DEFAULTS.batchBytes), {
    en: 'Commit when about this many bytes have come; the first times sooner.',
    ja: 'およそこのバイト数に達したらコミットします。最初の数回はより早くコミットします。',
  }),
  batch_wait_limit_seconds: setting(z.number().gt(0).default(DEFAULTS.batchSeconds), {
    en: 'Commit at the latest this long after the first row of a batch came.',
    ja: 'バッチの最初の行を受け取ってから、遅くともこの秒数でコミットします。',
  }),
};

export type LoadConfig = z.output<z.ZodObject<typeof loadSettingsShape>>;

/** @param defaultSchema see `tableNamesOf` */
export function loadSettingsOf(config: LoadConfig, defaultSchema: string | undefined): LoadSettings {
  return {
    ...DEFAULTS,
    tableOf: tableNamesOf(config, defaultSchema),
    batchRows: config.batch_size_rows,
    batchBytes: config.batch_size_bytes,
    batchSeconds: config.batch_wait_limit_seconds,
    deletion: config.hard_delete ? 'delete' : 'mark',
    markColumn: MARK,
    activateVersion: config.activate_version,
    loadMethod: config.load_method,
    addRecordMetadata: config.add_record_metadata,
    validateRecords: config.validate_records,
    interpretContentEncoding: config.interpret_content_encoding,
    ...(config.timezone === 'UTC' ? {} : { zone: zoneNamed(config.timezone) }),
    ...flattenOf(config),
    ...rejectsOf(config, defaultSchema),
    ...(config.undeclared_fields_column === undefined ? {} : { undeclaredColumn: config.undeclared_fields_column }),
  };
}

function flattenOf(config: LoadConfig): Pick<LoadSettings, 'flattenDepth'> {
  if (!config.flattening_enabled) return {};
  return { flattenDepth: config.flattening_max_depth ?? Number.POSITIVE_INFINITY };
}

function rejectsOf(
  { rejects_table: name, rejects_limit: limit }: LoadConfig,
  schema: string | undefined,
): Pick<LoadSettings, 'rejects'> {
  if (name === undefined) return {};
  return { rejects: { table: schema === undefined ? { name } : { schema, name }, limit } };
}
