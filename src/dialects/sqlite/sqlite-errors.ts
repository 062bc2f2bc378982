import { RefusedRow } from '../../load/refused-row.ts';
import { repeatedKeys } from '../../load/repeated-keys.ts';
import type { TableName } from '../../load/table.ts';
import { AppError, EnvironmentError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';

interface Advice {
  readonly code: string;
  readonly text: Text;
  readonly hint: Text;
}

/** By the beginning of SQLite's own result code. https://www.sqlite.org/rescode.html */
const ADVICE: Readonly<Record<string, Advice>> = {
  SQLITE_BUSY: {
    code: 'sqlite.locked',
    text: {
      en: 'Another program is writing to the database and does not let go of it.',
      ja: '別のプログラムがデータベースに書き込み中で、ロックが解放されません。',
    },
    hint: {
      en: 'Close the other program, or end its transaction, and run again.',
      ja: 'そのプログラムを終了するか、トランザクションを終わらせてから、もう一度実行してください。',
    },
  },
  SQLITE_FULL: {
    code: 'sqlite.disk-full',
    text: {
      en: 'There is no room left on the disk of the database.',
      ja: 'データベースのあるディスクの空き容量がありません。',
    },
    hint: {
      en: 'Free some space and run again. What was committed before stays; nothing was half-written.',
      ja: '空き容量を増やしてから、もう一度実行してください。確定済みのデータは残っており、書きかけのデータはありません。',
    },
  },
  SQLITE_READONLY: {
    code: 'sqlite.read-only',
    text: {
      en: 'The database, or the directory it is in, cannot be written to.',
      ja: 'データベース、またはそのディレクトリに書き込めません。',
    },
    hint: {
      en: 'Give this user the right to write to the file and its directory, or choose another path.',
      ja: 'このユーザーにファイルとディレクトリへの書き込み権限を与えるか、別のパスを指定してください。',
    },
  },
  SQLITE_CANTOPEN: {
    code: 'sqlite.cannot-open',
    text: {
      en: 'The database cannot be opened or created.',
      ja: 'データベースを開けない、または作成できません。',
    },
    hint: {
      en: 'Check that the path is a file that this user may read and write.',
      ja: 'パスが、このユーザーの読み書きできるファイルを指しているか確認してください。',
    },
  },
  SQLITE_NOTADB: {
    code: 'sqlite.not-a-database',
    text: { en: 'The file is no SQLite database.', ja: 'このファイルは SQLite のデータベースではありません。' },
    hint: {
      en: 'Choose another path. The file was left as it was.',
      ja: '別のパスを指定してください。ファイルは変更していません。',
    },
  },
  SQLITE_CORRUPT: {
    code: 'sqlite.corrupt',
    text: { en: 'The database file is damaged.', ja: 'データベースファイルが壊れています。' },
    hint: {
      en: 'Restore it from a backup, or load into a new file.',
      ja: 'バックアップから復元するか、新しいファイルに書き込んでください。',
    },
  },
  SQLITE_IOERR: {
    code: 'sqlite.io',
    text: {
      en: 'The disk of the database does not answer as it should.',
      ja: 'データベースのあるディスクの読み書きに失敗しました。',
    },
    hint: {
      en: 'Check the disk or the network drive.',
      ja: 'ディスク、またはネットワークドライブを確認してください。',
    },
  },
};

/** Our own error for one of the driver's; errors that are ours already pass through. */
export function sqliteError(cause: unknown, database: string): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause;
  const code = 'code' in cause ? String(cause.code) : '';
  const advice = Object.entries(ADVICE).find(([start]) => code.startsWith(start))?.[1];
  if (advice !== undefined) return new EnvironmentError({ ...advice, path: database, cause });
  return refusedRow(cause, database) ?? cause;
}

/** What it means that a unique index cannot be made; other errors pass through. */
export function refusedKey(cause: unknown, table: TableName, key: readonly string[]): unknown {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_CONSTRAINT_UNIQUE')) return cause;
  return repeatedKeys(table, key, cause);
}

export function missingDirectory(database: string): EnvironmentError {
  return new EnvironmentError({
    code: 'sqlite.no-directory',
    path: database,
    text: {
      en: 'The directory of the database does not exist.',
      ja: 'データベースを置くディレクトリがありません。',
    },
    hint: {
      en: 'Create the directory or correct the path.',
      ja: 'ディレクトリを作成するか、パスを修正してください。',
    },
  });
}

const AT_COLUMN = /^(?:NOT NULL|UNIQUE) constraint failed: [^,]*\.([^.,]+)$/;
const OF_TABLE = /^(?:NOT NULL|UNIQUE) constraint failed: ([^.,]+)\./;

/** `undefined` if it is something else that went wrong. */
export function refusedRow(cause: unknown, address?: string): RefusedRow | undefined {
  if (!(cause instanceof Error && 'code' in cause)) return undefined;
  const code = String(cause.code);
  if (!code.startsWith('SQLITE_CONSTRAINT') && code !== 'SQLITE_TOOBIG') return undefined;
  return new RefusedRow({
    code: 'sqlite.row-refused',
    reason: cause.message,
    path: OF_TABLE.exec(cause.message)?.[1] ?? address,
    column: AT_COLUMN.exec(cause.message)?.[1],
    hint: {
      en: 'The table has a rule that the row breaks: change the rule, or load into another table.',
      ja: 'テーブルの制約に合わない行です。制約を変えるか、別のテーブルに書き込んでください。',
    },
    cause,
  });
}
