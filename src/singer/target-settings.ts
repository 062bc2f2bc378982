import { z } from 'zod';
import { DEFAULT_LOAD_SETTINGS, type LoadSettings } from '../load/settings.ts';
import { setting } from '../runtime/setting-schema.ts';

const DEFAULTS = DEFAULT_LOAD_SETTINGS;
const MARK = { name: '_sdc_deleted_at', holds: 'instant' } as const;

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
  table_prefix: setting(z.string().default(''), {
    en: 'Put before the name of every table.',
    ja: 'すべてのテーブル名の先頭に付ける文字列。',
  }),
  table_suffix: setting(z.string().default(''), {
    en: 'Put behind the name of every table.',
    ja: 'すべてのテーブル名の末尾に付ける文字列。',
  }),
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

export function loadSettingsOf(config: LoadConfig): LoadSettings {
  return {
    ...DEFAULTS,
    tableOf: (stream) => ({ name: `${config.table_prefix}${stream}${config.table_suffix}` }),
    batchRows: config.batch_size_rows,
    batchBytes: config.batch_size_bytes,
    batchSeconds: config.batch_wait_limit_seconds,
    deletion: config.hard_delete ? 'delete' : 'mark',
    markColumn: MARK,
    activateVersion: config.activate_version,
    loadMethod: config.load_method,
    addRecordMetadata: config.add_record_metadata,
  };
}
