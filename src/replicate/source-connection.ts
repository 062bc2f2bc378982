import { ConfigurationError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';
import { parseBoolean } from './booleans.ts';
import { ConnectionProperties, missingProperty } from './job/connection-properties.ts';
import type { Environment } from './job/environment.ts';
import { KNOWN_SOURCE_PROPERTIES } from './job/known-properties.ts';
import { matchName } from './names.ts';
import type { SourceText } from './source-text.ts';

/** How to reach Backlog, and what of it is wanted, out of a job file's `ConnectionString`. */
export interface SourceConnection {
  /** As written, with or without scheme. */
  readonly url: string;
  readonly apiKey: string;
  readonly timeoutSeconds?: number;
  /** Part of Backlog's rate limits that may be spent, above 0 and up to 1. */
  readonly budgetShare?: number;
  /** Keys or ids; absent means every project that the key can see. */
  readonly projectKeys?: readonly string[];
  /** As written: a date or an instant. */
  readonly startDate?: string;
  /** How often everything is compared whose deletion Backlog does not tell; never, if absent or 0. */
  readonly reconcileEveryDays?: number;
  /** Whether that reads all comments again, and all else that takes a request for each item; so it does, if absent. */
  readonly reconcileComments?: boolean;
  /** Of how many last days' issues all comments are read again in each run; none, if absent or 0. */
  readonly rereadCommentsDays?: number;
  /** How long lists that are read whole may wait for their next reading; no time, if absent or 0. */
  readonly mastersEveryHours?: number;
  /** Whether `Issues` gets columns for custom fields, and what they are called after. */
  readonly customFieldColumns?: CustomFieldColumns;
  /** Before the names of the tables of plain statements, unless these name another one. */
  readonly tableNamePrefix?: string;
  /** The schema of tables that name none, likewise. */
  readonly schema?: string;
  /** What `ReplicateAll` is restricted to: names as written, in `Tables` and `Views` together. */
  readonly tables?: readonly string[];
  /** `http://user:password@host:port` */
  readonly proxyUrl?: string;
  readonly userAgent?: string;
}

export type CustomFieldColumns = 'none' | 'name' | 'id';

/** Timeout=0 means "none" in CData's files; a day is as good. */
const NO_TIMEOUT_SECONDS = 86_400;

export const LONGEST_CYCLE_DAYS = 3650;

export const LONGEST_CYCLE_HOURS = 24 * LONGEST_CYCLE_DAYS;

const SMALLEST_SHARE = 0.01;

export interface SourceReading {
  readonly connection: SourceConnection;
  readonly notices: readonly Text[];
}

export function readSource(written: SourceText, environment: Environment): SourceReading {
  const properties = new ConnectionProperties(written, environment);
  const connection = readProperties(properties);
  return { connection, notices: unusedNotices(properties) };
}

function readProperties(properties: ConnectionProperties): SourceConnection {
  requireApiToken(properties);
  const url = requireText(properties, 'URL', URL_HINT);
  const apiKey = requireText(properties, 'APIKey', API_KEY_HINT);
  const timeout = properties.number('Timeout', 0, NO_TIMEOUT_SECONDS);
  const tables = [...(properties.list('Tables') ?? []), ...(properties.list('Views') ?? [])];
  return withoutUndefined({
    url,
    apiKey,
    timeoutSeconds: timeout === 0 ? NO_TIMEOUT_SECONDS : timeout,
    budgetShare: properties.number('BudgetShare', SMALLEST_SHARE, 1),
    projectKeys: properties.list('ProjectKeys'),
    startDate: properties.text('StartDate'),
    reconcileEveryDays: properties.number('ReconcileEveryDays', 0, LONGEST_CYCLE_DAYS),
    reconcileComments: properties.boolean('ReconcileComments'),
    rereadCommentsDays: properties.number('RereadCommentsDays', 0, LONGEST_CYCLE_DAYS),
    mastersEveryHours: properties.number('MastersEveryHours', 0, LONGEST_CYCLE_HOURS),
    customFieldColumns: readCustomFieldColumns(properties),
    tableNamePrefix: properties.text('TableNamePrefix'),
    schema: properties.text('CacheSchema'),
    tables: tables.length > 0 ? tables : undefined,
    proxyUrl: readProxy(properties),
    userAgent: properties.text('UserAgent'),
  });
}

/** What stands in the string but changes nothing: in one notice what CData knows, and one for each unknown name. */
function unusedNotices(properties: ConnectionProperties): readonly Text[] {
  const matches = properties.unused.map((name) => ({ name, match: matchName(name, KNOWN_SOURCE_PROPERTIES) }));
  const known = matches.filter(({ match }) => 'name' in match).map(({ name }) => name);
  const unknown = matches.flatMap(({ name, match }) =>
    'name' in match ? [] : [unknownProperty(properties.placeOf(name), name, match.nearest)],
  );
  return known.length > 0 ? [ignoredProperties(properties.placeOf(known[0] ?? ''), known), ...unknown] : unknown;
}

function requireApiToken(properties: ConnectionProperties): void {
  const scheme = properties.text('AuthScheme');
  const usesOAuth =
    scheme === undefined ? !properties.text('APIKey') && mentionsOAuth(properties) : /oauth/i.test(scheme);
  if (usesOAuth) throw unsupportedScheme(properties, 'OAuth');
  if (scheme !== undefined && !/^api\s?(token|key)$/i.test(scheme)) throw unsupportedScheme(properties, scheme);
}

function mentionsOAuth(properties: ConnectionProperties): boolean {
  return properties.unused.some((name) => /oauth/i.test(name));
}

function unsupportedScheme(properties: ConnectionProperties, scheme: string): ConfigurationError {
  return new ConfigurationError({
    code: 'config.auth-scheme',
    text: {
      en: `signing in with ${scheme} is not supported yet`,
      ja: `${scheme} による認証にはまだ対応していません`,
    },
    hint: {
      en: 'Use an API key: AuthScheme=APIToken;APIKey=…; (in Backlog: Personal settings → API).',
      ja: 'API キーを使ってください: AuthScheme=APIToken;APIKey=…; (Backlog の個人設定 → API で発行できます)。',
    },
    path: properties.placeOf('AuthScheme'),
  });
}

function requireText(properties: ConnectionProperties, name: string, hint: Text): string {
  const text = properties.text(name);
  if (text === undefined) throw missingProperty(properties, 'ConnectionString', name, hint);
  return text;
}

/** CData's connectors know True and False; that columns can be called after ids is ours. */
function readCustomFieldColumns(properties: ConnectionProperties): CustomFieldColumns | undefined {
  const read = (text: string) => {
    const flag = parseBoolean(text);
    const word = text.trim().toLowerCase();
    if (word === 'name' || word === 'id') return word;
    return flag === undefined ? undefined : flag ? 'name' : 'none';
  };
  const wanted: Text = { en: 'true, false, Name or Id', ja: ' true、false、Name、Id のいずれか' };
  return properties.choice('IncludeCustomFields', read, wanted);
}

function readProxy(properties: ConnectionProperties): string | undefined {
  const server = properties.text('ProxyServer');
  const port = properties.number('ProxyPort', 1, 65_535);
  const user = properties.text('ProxyUser');
  const password = properties.text('ProxyPassword');
  if (server === undefined || properties.boolean('ProxyAutoDetect')) return undefined;
  const credentials = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`;
  const host = server.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
  return `http://${credentials}${host}${port === undefined ? '' : `:${port}`}`;
}

const URL_HINT: Text = {
  en: 'Add the address of your space: URL=https://yourspace.backlog.com;',
  ja: 'スペースのアドレスを追加してください: URL=https://yourspace.backlog.jp;',
};

const API_KEY_HINT: Text = {
  en: 'Add APIKey=…; with a key from Backlog: Personal settings → API.',
  ja: 'APIKey=…; を追加してください。キーは Backlog の個人設定 → API で発行できます。',
};

function ignoredProperties(place: string, names: readonly string[]): Text {
  const list = names.join(', ');
  return {
    en: `${place}: these properties have no effect here: ${list}`,
    ja: `${place}: 次のプロパティはここでは効果がありません: ${list}`,
  };
}

function unknownProperty(place: string, name: string, nearest: readonly string[]): Text {
  const list = nearest.join(', ');
  return {
    en: `${place}: unknown property ${name} is ignored${list === '' ? '' : `; did you mean ${list}?`}`,
    ja: `${place}: 不明なプロパティ ${name} は無視します${list === '' ? '' : `（候補: ${list}）`}`,
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>;
}
