import { ConfigurationError } from '../../runtime/errors.ts';
import { registerSecret } from '../../runtime/secrets.ts';
import { type ConnectionProperties, missingProperty } from './connection-properties.ts';

export interface ServerConnection {
  readonly type: 'postgres' | 'mysql';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** As written: `require`, `disable`, `true` … */
  readonly sslMode?: string;
  /** Paths of PEM files: who vouches for the server, and what this client shows it. */
  readonly sslCa?: string;
  readonly sslCertificate?: string;
  readonly sslKey?: string;
  /** Where tables without a schema of their own lie; PostgreSQL's alone. */
  readonly schema?: string;
}

const DEFAULT_PORT = { postgres: 5432, mysql: 3306 } as const;

export function readServer(type: ServerConnection['type'], properties: ConnectionProperties): ServerConnection {
  const database = properties.text('Database', 'Initial Catalog', 'DB');
  if (database === undefined) {
    throw missingProperty(properties, 'DatabaseConnectionString', 'Database', {
      en: 'Add the name of the database: Database=backlog;',
      ja: 'データベース名を追加してください: Database=backlog;',
    });
  }
  return complete({
    type,
    host: properties.text('Server', 'Host', 'Data Source', 'Address', 'Hostname') ?? '',
    port: properties.number('Port', 1, 65_535),
    database,
    user: properties.text('User', 'User Id', 'Username', 'Uid', 'User Name'),
    password: properties.text('Password', 'Pwd'),
    sslMode: properties.text('SslMode', 'SSL', 'UseSSL'),
    sslCa: properties.text('SslCa', 'Root Certificate', 'SslRootCert', 'CA Certificate File'),
    sslCertificate: properties.text('SslCert', 'SSL Certificate'),
    sslKey: properties.text('SslKey'),
    schema: type === 'postgres' ? properties.text('Search Path', 'Current Schema', 'Schema') : undefined,
  });
}

/** What stands behind `jdbc:mysql:` and the like: `//host:port/database?user=…&password=…`, or a whole `mysql://…`. */
export function readServerUrl(type: ServerConnection['type'], written: string, place: string): ServerConnection {
  const address = written.startsWith('//') ? `${type}:${written}` : written;
  if (!URL.canParse(address)) throw malformed(type, place);
  const url = new URL(address);
  const parameter = (name: string) => [...url.searchParams].find(([key]) => key.toLowerCase() === name)?.[1];
  const password = parameter('password') ?? decodeURIComponent(url.password);
  registerSecret(password);
  if (url.pathname.length < 2) throw malformed(type, place);
  return complete({
    type,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: parameter('user') ?? decodeURIComponent(url.username),
    password,
    sslMode: parameter('sslmode') ?? parameter('ssl') ?? parameter('usessl'),
    sslCa: parameter('sslrootcert') ?? parameter('sslca'),
    sslCertificate: parameter('sslcert'),
    sslKey: parameter('sslkey'),
    schema: type === 'postgres' ? parameter('currentschema') : undefined,
  });
}

type Written<T> = { readonly [K in keyof T]-?: T[K] | undefined };

interface ServerFields extends Written<Omit<ServerConnection, 'type' | 'host' | 'database'>> {
  readonly type: ServerConnection['type'];
  readonly host: string;
  readonly database: string;
}

/** Empty values count as none. */
function complete({ type, host, port, database, ...optional }: ServerFields): ServerConnection {
  return {
    type,
    host: host === '' ? 'localhost' : host,
    port: port ?? DEFAULT_PORT[type],
    database,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
  };
}

function malformed(type: ServerConnection['type'], place: string): ConfigurationError {
  const scheme = type === 'postgres' ? 'jdbc:postgresql' : 'jdbc:mysql';
  const example = `${scheme}://localhost:${DEFAULT_PORT[type]}/backlog?user=…&password=…`;
  return new ConfigurationError({
    code: 'config.invalid',
    text: {
      en: 'the address of the database cannot be understood',
      ja: 'データベースのアドレスを解釈できません',
    },
    hint: { en: `Write it like this: ${example}`, ja: `次の形で書いてください: ${example}` },
    path: place,
  });
}
