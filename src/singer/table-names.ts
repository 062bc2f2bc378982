import { z } from 'zod';
import type { TableName } from '../load/table.ts';
import { setting } from '../runtime/setting-schema.ts';

const place = z.union([
  z.string().min(1),
  z.object({ schema: z.string().min(1).optional(), table: z.string().min(1).optional() }),
]);

/** The settings that say which table a stream goes to. */
export const tableNamesShape = {
  default_target_schema: setting(z.string().min(1).optional(), {
    en: 'Schema of all tables that table_mapping does not put elsewhere.',
    ja: 'table_mapping で別の指定がないテーブルを置くスキーマ。',
  }),
  table_mapping: setting(z.record(z.string(), place).default({}), {
    en: 'Tables of single streams: {"stream": "table"} or {"stream": {"schema": "…", "table": "…"}}.',
    ja: 'ストリームごとのテーブル。{"ストリーム": "テーブル"} または {"ストリーム": {"schema": "…", "table": "…"}}。',
  }),
  table_prefix: setting(z.string().default(''), {
    en: 'Put before the name of every table that table_mapping does not name.',
    ja: 'table_mapping で名前を指定していないテーブルの名前の先頭に付ける文字列。',
  }),
  table_suffix: setting(z.string().default(''), {
    en: 'Put behind the name of every table that table_mapping does not name.',
    ja: 'table_mapping で名前を指定していないテーブルの名前の末尾に付ける文字列。',
  }),
};

type TableNamesConfig = z.output<z.ZodObject<typeof tableNamesShape>>;

/**
 * A stream's table bears the stream's own name, dashes and all, between prefix and suffix, unless `table_mapping` says
 * otherwise.
 *
 * @param defaultSchema undefined in databases without schemas
 */
export function tableNamesOf(
  { table_mapping, table_prefix, table_suffix }: TableNamesConfig,
  defaultSchema: string | undefined,
): (stream: string) => TableName {
  return (stream) => {
    const mapped = Object.hasOwn(table_mapping, stream) ? table_mapping[stream] : undefined;
    const { schema, table }: { schema?: string | undefined; table?: string | undefined } =
      typeof mapped === 'string' ? { table: mapped } : (mapped ?? {});
    const name = table ?? `${table_prefix}${stream}${table_suffix}`;
    const home = schema ?? defaultSchema;
    return home === undefined ? { name } : { schema: home, name };
  };
}
