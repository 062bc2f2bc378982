import type { Text } from '../runtime/text.ts';
import type { TableReport } from './report.ts';

/** What the figures do not say by themselves. */
export function noticesOf(tables: ReadonlyMap<string, TableReport>): readonly Text[] {
  const notices: Text[] = [];
  for (const [stream, { undeclared, ignored, rejected, unstorable }] of tables) {
    if (undeclared.size > 0) notices.push(undeclaredFields(stream, undeclared));
    if (ignored > 0) notices.push(ignoredTombstones(stream, ignored));
    if (rejected > 0) notices.push(rejectedRows(stream, rejected));
    if (unstorable > 0) notices.push(unstorableCharacters(stream, unstorable));
  }
  return notices;
}

export function earlyVersion(stream: string): Text {
  return {
    en: `${stream}: ACTIVATE_VERSION came before any SCHEMA and has no effect.`,
    ja: `${stream}: SCHEMA より前に ACTIVATE_VERSION が届いたため、無視しました。`,
  };
}

function undeclaredFields(stream: string, fields: ReadonlyMap<string, number>): Text {
  const list = [...fields].map(([field, count]) => `${field} (${count})`).join(', ');
  return {
    en: `${stream}: fields that the schema does not declare were not written: ${list}.`,
    ja: `${stream}: スキーマに定義されていないため書き込まなかった項目があります: ${list}`,
  };
}

function ignoredTombstones(stream: string, count: number): Text {
  return {
    en: `${stream}: ${count} deleted rows were left as they are.`,
    ja: `${stream}: 削除された ${count} 行は、そのまま残しました。`,
  };
}

function rejectedRows(stream: string, count: number): Text {
  return {
    en: `${stream}: ${count} rows could not be written and were put into the table of rejects.`,
    ja: `${stream}: 書き込めなかった ${count} 行を、却下行のテーブルに保存しました。`,
  };
}

function unstorableCharacters(stream: string, count: number): Text {
  return {
    en: `${stream}: characters that the database cannot hold (NUL, halves of a character) were removed or replaced by U+FFFD: ${count}.`,
    ja: `${stream}: データベースに保存できない文字（NUL や不完全な文字）${count} 個を、削除するか U+FFFD に置き換えました。`,
  };
}
