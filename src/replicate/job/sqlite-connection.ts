import { ConfigurationError } from '../../runtime/errors.ts';
import { type ConnectionProperties, missingProperty } from './connection-properties.ts';

export interface SqliteConnection {
  readonly type: 'sqlite';
  /** A file's path as written, or `:memory:`. */
  readonly database: string;
}

export function readSqlite(properties: ConnectionProperties, platform: NodeJS.Platform): SqliteConnection {
  const path = properties.text('Data Source', 'Database', 'Filename', 'FullUri', 'Uri');
  if (path === undefined) {
    throw missingProperty(properties, 'DatabaseConnectionString', 'Data Source', {
      en: 'Add the path of the database file: Data Source=backlog.db',
      ja: 'データベースファイルのパスを追加してください: Data Source=backlog.db',
    });
  }
  if (properties.text('Password') !== undefined) throw encrypted(properties.placeOf('Password'));
  return readSqlitePath(path, platform, properties.placeOf('Data Source'));
}

/** A path, or a `file:` address without its parameters. */
export function readSqlitePath(written: string, platform: NodeJS.Platform, place: string): SqliteConnection {
  const path = written.replace(/^file:(?:\/\/(?=\/))?([^?]*).*$/i, '$1');
  if (/^:memory:?$/i.test(path)) return { type: 'sqlite', database: ':memory:' };
  if (platform !== 'win32' && /^[A-Za-z]:|\\/.test(path)) throw windowsPath(path, platform, place);
  return { type: 'sqlite', database: path };
}

function encrypted(place: string): ConfigurationError {
  return new ConfigurationError({
    code: 'config.encrypted-database',
    text: { en: 'encrypted SQLite files are not supported', ja: '暗号化された SQLite ファイルには対応していません' },
    hint: { en: 'Leave out Password.', ja: 'Password の指定を外してください。' },
    path: place,
  });
}

function windowsPath(path: string, platform: string, place: string): ConfigurationError {
  const file = path.split(/[\\:]/).at(-1);
  return new ConfigurationError({
    code: 'config.windows-path',
    text: {
      en: `${path} is a Windows path, but this system is ${platform}`,
      ja: `${path} は Windows のパスですが、このシステムは ${platform} です`,
    },
    hint: {
      en: `Write a path of this system: Data Source=./${file} for a file in the current folder, or Data Source=/full/path/${file}`,
      ja: `このシステムのパスを書いてください: 現在のフォルダーなら Data Source=./${file}、そのほかは Data Source=/full/path/${file}`,
    },
    path: place,
  });
}
