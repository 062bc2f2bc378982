/**
 * Whether and how the connection is encrypted, as MySQL's own client has it (`--ssl-mode`). `preferred` goes without if
 * the server cannot; `required` checks no certificate; `verify-ca` checks who signed it, `verify-identity` also whom it
 * names.
 */
export type TlsMode = 'disabled' | 'preferred' | 'required' | 'verify-ca' | 'verify-identity';

export interface TlsSettings {
  /** Default: `preferred`, or `verify-identity` when `ca` is given. */
  readonly mode?: TlsMode;
  /** Certificates and keys: the path of a PEM file, or the PEM text itself. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
}

export interface MysqlSettings {
  /** Default `localhost`. */
  readonly host?: string;
  /** Default 3306. */
  readonly port?: number;
  /** Where to connect instead: the near end of a tunnel. Names in certificates and messages remain the host's. */
  readonly via?: { readonly host: string; readonly port: number };
  /** The path of a Unix socket, instead of host and port. */
  readonly socketPath?: string;
  readonly user?: string;
  readonly password?: string;
  /** Where tables without a schema of their own lie. It must exist. */
  readonly database: string;
  readonly tls?: TlsSettings;
  /** Default 10. */
  readonly connectSeconds?: number;
  /** How long to try again when a connection was lost and the server is not there. Default 30. */
  readonly reconnectSeconds?: number;
  /** `insert` for servers, or proxies, that should not be asked for LOAD DATA LOCAL. Default: what the server allows. */
  readonly bulk?: 'load-data' | 'insert';
}

/** The server as messages name it, never with a password (invariant 9). */
export function addressOf({ host = 'localhost', port = 3306, socketPath, database }: MysqlSettings): string {
  return `${socketPath ?? `${host}:${port}`}/${database}`;
}
