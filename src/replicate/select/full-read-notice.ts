import type { Text } from '../../runtime/text.ts';
import type { ReplicateStatement } from '../statement.ts';
import type { Selection } from './selection.ts';
import { placeOf } from './statement-error.ts';

/** Tells why a statement cannot be incremental. */
export function fullReadNotice(statement: ReplicateStatement, { rowWise, reads }: Selection): Text {
  const reason = rowWise ? anotherKey(reads) : SEVERAL_ROWS;
  const names = reads.map(({ name }) => name).join(', ');
  const place = placeOf(statement);
  return {
    en: `${place}: ${reason.en}, so every run reads ${names} in full and replaces the table`,
    ja: `${place}: ${reason.ja}ため、毎回 ${names} をすべて読み取り、テーブル全体を入れ替えます`,
  };
}

const SEVERAL_ROWS: Text = {
  en: 'the SELECT looks at several rows at once',
  ja: '複数の行にまたがる SELECT である',
};

function anotherKey(reads: Selection['reads']): Text {
  const key = reads.flatMap(({ columns, keyProperties }) =>
    columns.filter(({ property }) => keyProperties.includes(property)).map(({ name }) => name),
  );
  return {
    en: `the key of the result is not ${key.join(', ')}`,
    ja: `結果のキーが ${key.join(', ')} ではない`,
  };
}
