import type { Text } from '../../runtime/text.ts';
import type { ReplicateStatement } from '../statement.ts';
import { placeOf } from './result-columns.ts';
import type { Selection } from './selection.ts';

/** Tells why a statement cannot be incremental, and what would make it so. */
export function fullReadNotice(statement: ReplicateStatement, { rowWise, reads }: Selection): Text {
  const place = placeOf(statement);
  const names = reads.map(({ name }) => name).join(', ');
  const key = reads[0]?.keyProperties.length ? reads[0].columns.filter(isKeyColumn(reads[0].keyProperties)) : [];
  const keyNames = key.map(({ name }) => name).join(', ');
  return rowWise
    ? {
        en: `${place}: the result is not keyed by ${keyNames}, so every run reads ${names} in full and replaces the table`,
        ja: `${place}: 結果のキーが ${keyNames} ではないため、毎回 ${names} をすべて読み取り、テーブル全体を入れ替えます`,
      }
    : {
        en: `${place}: the SELECT looks at several rows at once, so every run reads ${names} in full and replaces the table`,
        ja: `${place}: 複数の行にまたがる SELECT なので、毎回 ${names} をすべて読み取り、テーブル全体を入れ替えます`,
      };
}

function isKeyColumn(keyProperties: readonly string[]) {
  return ({ property }: { readonly property: string }) => keyProperties.includes(property);
}
