import type { Change } from '../../load/evolution.ts';
import { repeatedKeys } from '../../load/repeated-keys.ts';
import { displayName, type TableName } from '../../load/table.ts';
import { ConfigurationError } from '../../runtime/errors.ts';
import type { Advice } from './advice.ts';
import { sqlStateOf } from './sql-state.ts';

/** What it means that a table cannot be made or changed; other errors pass through. */
export function refusedChange(cause: unknown, table: TableName, change: Change): unknown {
  if (!(cause instanceof Error)) return cause;
  switch (sqlStateOf(cause)) {
    case '23505':
      return change.kind === 'addKey' ? repeatedKeys(table, change.columns, cause) : cause;
    case '0A000':
    case '42804':
      return change.kind === 'widen' || change.kind === 'add' ? columnInUse(cause, table) : cause;
    case '54011':
    case '54000':
      return new ConfigurationError({ ...TOO_WIDE, path: displayName(table), cause });
    case '42P07':
      return new ConfigurationError({ ...NAME_TAKEN, path: displayName(table), cause });
    default:
      return cause;
  }
}

const TOO_WIDE: Advice = {
  code: 'postgres.too-many-columns',
  text: {
    en: 'The stream has more columns than a table of PostgreSQL can have: 1,600.',
    ja: 'ストリームの列数が、PostgreSQL のテーブルの上限（1,600 列）を超えています。',
  },
  hint: {
    en: 'Deselect columns in the catalog, or keep nested objects as JSON.',
    ja: 'カタログで列の選択を減らすか、入れ子のオブジェクトを JSON のまま保存してください。',
  },
};

const NAME_TAKEN: Advice = {
  code: 'postgres.name-taken',
  text: {
    en: 'Something that is no table, such as a view, has the name of the table.',
    ja: 'テーブルと同じ名前の、テーブルではないもの（ビューなど）が存在します。',
  },
  hint: {
    en: 'Rename or drop it, or load into another table.',
    ja: 'その名前を変えるか削除する、または別のテーブルに書き込むようにしてください。',
  },
};

function columnInUse(cause: Error, table: TableName): ConfigurationError {
  const detail = 'detail' in cause && typeof cause.detail === 'string' ? `: ${cause.detail}` : '';
  return new ConfigurationError({
    code: 'postgres.column-in-use',
    path: displayName(table),
    text: {
      en: `A column has to hold wider values, but something depends on its type (${cause.message}${detail}).`,
      ja: `列の型を広げる必要がありますが、その型に依存しているものがあります（${cause.message}${detail}）。`,
    },
    hint: {
      en: 'Drop the view, rule or default that depends on the column, run again, and create it anew.',
      ja: 'その列に依存するビュー、ルール、デフォルト値などを削除してから実行し、あとで作り直してください。',
    },
    cause,
  });
}
