import { ConfigurationError, DataError } from '../runtime/errors.ts';

export function recordBeforeSchema(stream: string): DataError {
  return new DataError({
    code: 'load.record-before-schema',
    path: stream,
    text: {
      en: 'A record came before the schema of its stream.',
      ja: 'ストリームのスキーマより前にレコードが届きました。',
    },
    hint: {
      en: 'The tap must send a SCHEMA message of each stream before its first RECORD.',
      ja: 'タップは、各ストリームの最初の RECORD より前に SCHEMA を出力する必要があります。',
    },
  });
}

export function sharedTable(stream: string, other: string, table: string): ConfigurationError {
  return new ConfigurationError({
    code: 'load.shared-table',
    path: stream,
    text: {
      en: `The streams "${other}" and "${stream}" would both be written to the table "${table}".`,
      ja: `ストリーム「${other}」と「${stream}」の書き込み先が、どちらもテーブル「${table}」になっています。`,
    },
    hint: {
      en: 'Give one of them another table.',
      ja: 'どちらかに別のテーブルを指定してください。',
    },
  });
}
