import { z } from 'zod';
import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../load/settings.ts';
import { setting } from '../runtime/setting-schema.ts';
import { tableNamesOf, tableNamesShape } from './table-names.ts';

const DEFAULTS = DEFAULT_LOAD_SETTINGS;
const MARK = { name: '_sdc_deleted_at', holds: 'instant' } as const;

export const TARGET_CAPABILITIES = [
  'about',
  'activate-version',
  'hard-delete',
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
    en: 'Add the _sdc_… columns: when a row was extracted, received and written, its sequence and version.',
    ja: '抽出・受信・書き込みの日時、順序番号、バージョンを表す _sdc_… 列を追加します。',
  }),
  validate_records: setting(z.boolean().default(DEFAULTS.validateRecords), {
    en: 'Stop at a record that its own schema does not allow. Costs time; without it only what no column can hold stops the load.',
    ja: 'スキーマに合わないレコードがあれば停止します。その分遅くなります。false の場合は、列に格納できない値でのみ停止します。',
  }),
  undeclared_fields_column: setting(z.string().min(1).optional(), {
    en: 'JSON column that keeps fields which the schema does not declare; without it they are counted and reported.',
    ja: 'スキーマにないフィールドを保存する JSON 列の名前。省略時は件数を数えて報告します。',
  }),
  interpret_content_encoding: setting(z.boolean().default(false), {
    en: 'Write texts whose schema says contentEncoding base16 or base64 as the bytes that they stand for.',
    ja: 'スキーマに contentEncoding（base16 または base64）がある文字列を、バイト列として書き込みます。',
  }),
  ...tableNamesShape,
  batch_size_rows: setting(z.int().min(1).default(DEFAULTS.batchRows), {
    en: 'Commit when this many rows have come.',
    ja: 'この行数に達したらコミットします。',
  }),
  batch_size_bytes: setting(z.int().min(1).default(DEFAULTS.batchBytes), {
    en: 'Commit when about this many bytes have come.',
    ja: 'およそこのバイト数に達したらコミットします。',
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
    ...(config.undeclared_fields_column === undefined ? {} : { undeclaredColumn: config.undeclared_fields_column }),
  };
}
