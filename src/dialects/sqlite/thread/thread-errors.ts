import { EnvironmentError } from '../../../runtime/errors.ts';

export function driverMissing(cause: unknown): EnvironmentError {
  return new EnvironmentError({
    code: 'sqlite.driver-missing',
    text: {
      en: 'SQLite needs the package better-sqlite3, which is not installed or does not run here.',
      ja: 'SQLite を使うためのパッケージ better-sqlite3 がインストールされていないか、この環境で動作しません。',
    },
    hint: {
      en: 'Run: npm install better-sqlite3 (it needs Python, make and a C++ compiler where no ready-made build exists)',
      ja: '次を実行してください: npm install better-sqlite3（ビルド済みのものがない環境では Python、make、C++ コンパイラが必要です）',
    },
    cause,
  });
}

/** Of why it ended Node.js tells no more than a message of its own, such as that memory ran out. */
export function threadEnded(cause: unknown): EnvironmentError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  return new EnvironmentError({
    code: 'sqlite.thread-ended',
    text: {
      en: `The part of the program that writes to the database ended before its work was done${reason}.`,
      ja: `データベースに書き込む処理が途中で終了しました${reason}。`,
    },
    hint: {
      en: 'Run again: what was committed before stays. If it was short of memory, let batches be smaller.',
      ja: 'もう一度実行してください。確定済みのデータは残っています。メモリ不足が原因の場合は、バッチを小さくしてください。',
    },
    cause,
  });
}
