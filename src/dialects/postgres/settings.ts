import type { TlsSettings } from './tls.ts';

/** An address to connect to instead of the server's own: the near end of a tunnel. */
export interface Via {
  readonly host: string;
  readonly port: number;
}

export interface PostgresSettings {
  /** A name, an address, or the directory of a Unix socket (it begins with `/`). Default `localhost`. */
  readonly host?: string;
  /** Default 5432. */
  readonly port?: number;
  readonly via?: Via;
  /** Default: the name of the system's user. */
  readonly user?: string;
  readonly password?: string;
  /** Default: a database of the user's name. */
  readonly database?: string;
  /** The schema of tables that are not given one. It is created if it does not exist. Default `public`. */
  readonly schema?: string;
  /** Default: `prefer`. */
  readonly tls?: TlsSettings;
  /** How long to wait for the server to answer. Default 30. */
  readonly connectSeconds?: number;
  /** How long to try again when a connection was lost and the server is not there. Default 30. */
  readonly reconnectSeconds?: number;
}

export const DEFAULT_HOST = 'localhost';
export const DEFAULT_PORT = 5432;
export const DEFAULT_SCHEMA = 'public';

/** For people: where the database is. Without credentials. */
export function addressOf({ host = DEFAULT_HOST, port = DEFAULT_PORT, database }: PostgresSettings): string {
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return database === undefined ? place : `${place}/${database}`;
}
