import { DataError } from '../runtime/errors.ts';
import { displayName, type TableName } from './table.ts';

/** A key cannot be made, as rows that are there already share one. */
export function repeatedKeys(table: TableName, key: readonly string[], cause: Error): DataError {
  const columns = key.join(', ');
  return new DataError({
    code: 'load.repeated-keys',
    path: displayName(table),
    text: {
      en: `The table has several rows with the same key (${columns}), so that none of them can be updated.`,
      ja: `テーブルに同じキー（${columns}）の行が複数あり、どれを更新すべきか決められません。`,
    },
    hint: {
      en: 'Remove the repeated rows, or load into another table.',
      ja: '重複した行を削除するか、別のテーブルに書き込んでください。',
    },
    cause,
  });
}
