import { ConfigurationError } from '../runtime/errors.ts';
import { registerSecret } from '../runtime/secrets.ts';

/** What a database URL says; see `parseServerUrl`. */
export interface ServerUrl {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** What stands behind the question mark. */
  readonly options: ReadonlyMap<string, string>;
}

/** Scheme, user, password, host, port, database and options. A host may be missing before a path: a socket's is an option. */
const FORM =
  /^(?<scheme>[a-z]+)(?:\+\w+)?:\/\/(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?:\[(?<address>[^\]]*)\]|(?<host>[^:/?]*))(?::(?<port>\d{1,5}))?(?:\/(?<database>[^?]*))?(?:\?(?<options>.*))?$/is;

/**
 * Reads a URL as SQLAlchemy has them: `postgresql+psycopg2://user:password@host:port/database?option=value`. The
 * driver behind the plus sign is passed over. The password is registered as a secret.
 *
 * @param schemes what it may begin with
 * @throws ConfigurationError `config.invalid`, which does not repeat the URL
 */
export function parseServerUrl(text: string, schemes: readonly string[]): ServerUrl {
  const { scheme = '', port, options, ...encoded } = FORM.exec(text.trim())?.groups ?? {};
  if (!schemes.includes(scheme.toLowerCase())) throw invalidUrl(schemes);
  const decoded = (part: string | undefined) => decode(part ?? '', schemes);
  const password = decoded(encoded.password);
  registerSecret(password);
  return {
    ...whenGiven('host', decoded(encoded.address ?? encoded.host)),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...whenGiven('user', decoded(encoded.user)),
    ...whenGiven('password', password),
    ...whenGiven('database', decoded(encoded.database)),
    options: new Map(new URLSearchParams(options)),
  };
}

function whenGiven<K extends string>(key: K, value: string): { readonly [key in K]?: string } {
  return (value === '' ? {} : { [key]: value }) as { readonly [key in K]?: string };
}

function decode(part: string, schemes: readonly string[]): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalidUrl(schemes);
  }
}

function invalidUrl([scheme = '']: readonly string[]): ConfigurationError {
  const form = `${scheme}://user:password@host:port/database`;
  return new ConfigurationError({
    code: 'config.invalid',
    text: { en: `expected a URL of the form ${form}`, ja: `${form} の形式の URL を指定してください` },
    hint: {
      en: 'Characters such as @ : / % in user and password are percent-encoded: p@ss becomes p%40ss.',
      ja: 'ユーザー名とパスワードの @ : / % などはパーセントエンコードしてください（p@ss は p%40ss）。',
    },
    path: 'sqlalchemy_url',
  });
}
