import { ConfigurationError } from '../../runtime/errors.ts';
import type { DatabaseType } from '../destination-connection.ts';
import type { SourceText } from '../source-text.ts';

/** What `DatabaseType`, a provider's name, a driver's class or a `jdbc:` address says about the database. */
const SPELLINGS: readonly (readonly [RegExp, DatabaseType])[] = [
  [/sqlite/i, 'sqlite'],
  [/mysql|mariadb/i, 'mysql'],
  [/postgres|npgsql/i, 'postgres'],
];

/**
 * The database that `DatabaseType` and `DatabaseProvider` agree on; without both, the one whose `jdbc:` address is given.
 * A provider that we do not know is no harm beside a type that we do: drivers are our own affair.
 */
export function readDatabaseType(
  type: SourceText | undefined,
  provider: SourceText | undefined,
  connection: SourceText,
): DatabaseType {
  const byType = type && (recognise(type.text) ?? refuse(type));
  const byProvider = provider && recognise(provider.text);
  if (type && provider && byProvider !== undefined && byType !== byProvider) throw contradiction(type, provider);
  if (!type && provider && byProvider === undefined) refuse(provider);
  const scheme = /^\s*jdbc:\w+:/i.exec(connection.text)?.[0];
  const byScheme = scheme === undefined ? undefined : recognise(scheme);
  return byType ?? byProvider ?? byScheme ?? refuseMissing(connection);
}

function recognise(text: string): DatabaseType | undefined {
  return SPELLINGS.find(([pattern]) => pattern.test(text))?.[1];
}

const SUPPORTED = {
  en: 'Supported are SQLite, PostgreSQL and MySQL, for example: <DatabaseType>SQLite</DatabaseType>',
  ja: '対応しているのは SQLite、PostgreSQL、MySQL です。例: <DatabaseType>SQLite</DatabaseType>',
};

function refuse(written: SourceText): never {
  const name = written.text.trim();
  throw new ConfigurationError({
    code: 'config.database-type',
    text: { en: `${name} is not supported as a destination`, ja: `出力先として ${name} には対応していません` },
    hint: SUPPORTED,
    path: written.placeOf(0),
  });
}

function refuseMissing(connection: SourceText): never {
  throw new ConfigurationError({
    code: 'config.missing',
    text: { en: '<DatabaseType> is missing or empty', ja: '<DatabaseType> がないか、空です' },
    hint: SUPPORTED,
    path: connection.placeOf(0),
  });
}

function contradiction(type: SourceText, provider: SourceText): ConfigurationError {
  const [typeName, providerName] = [type.text.trim(), provider.text.trim()];
  return new ConfigurationError({
    code: 'config.database-type',
    text: {
      en: `DatabaseProvider ${providerName} does not belong to DatabaseType ${typeName}`,
      ja: `DatabaseProvider の ${providerName} は DatabaseType の ${typeName} と合いません`,
    },
    hint: {
      en: 'Correct one of them; DatabaseProvider may also be left out.',
      ja: 'どちらかを直してください。DatabaseProvider は省略もできます。',
    },
    path: provider.placeOf(0),
  });
}
