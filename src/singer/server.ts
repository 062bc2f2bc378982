import { z } from 'zod';
import type { Logger } from '../runtime/log.ts';
import { invalidSettings } from '../runtime/setting-problems.ts';
import { settingProperties } from '../runtime/setting-schema.ts';
import { type ServerConfig, type SslMode, serverSettingsShape } from './server-settings.ts';
import { parseServerUrl } from './server-url.ts';
import { type OptionNames, withUrlOptions } from './server-url-options.ts';
import type { TunnelSettings } from './ssh/tunnel-settings.ts';

/** Which server, which database, as whom and in which way. */
export interface Server {
  /** Begins with `/` if it is the path of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** Absent if the settings do not say: the dialect's own default then holds. */
  readonly tls?: ServerTls;
  readonly tunnel?: TunnelSettings;
}

/** Certificates and keys are paths of files, or PEM texts themselves. */
export interface ServerTls {
  readonly mode: SslMode;
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What one kind of server has of its own. */
export interface ServerKind {
  readonly environmentPrefix: string;
  readonly port: number;
  /** What a URL may begin with. */
  readonly schemes: readonly string[];
  readonly urlOptions: OptionNames;
}

/** The settings that cannot be left out, once it is known what the others say. */
type Needed = { readonly [key in keyof ServerConfig]?: ServerConfig[key] };

/**
 * The server that the settings describe, the URL winning over the single ones.
 *
 * @throws ConfigurationError `config.missing` or `config.invalid`
 */
export function serverOf(given: ServerConfig, kind: ServerKind, log: Logger): Server {
  const config = withUrl(given, kind, log);
  const { host = 'localhost', port = kind.port, password } = config;
  const { user, database } = config;
  if (user === undefined || database === undefined) throw missing({ user, database }, kind);
  const tls = tlsOf(config, kind);
  const tunnel = tunnelOf(config, kind);
  return {
    host,
    port,
    user,
    ...(password === undefined ? {} : { password }),
    database,
    ...(tls === undefined ? {} : { tls }),
    ...(tunnel === undefined ? {} : { tunnel }),
  };
}

function withUrl(config: ServerConfig, { schemes, urlOptions }: ServerKind, log: Logger): ServerConfig {
  if (config.sqlalchemy_url === undefined) return config;
  const { options, ...parts } = parseServerUrl(config.sqlalchemy_url, schemes);
  return withUrlOptions({ ...config, ...parts }, options, urlOptions, log);
}

function tlsOf(config: ServerConfig, kind: ServerKind): ServerTls | undefined {
  const { ssl_enable, ssl_mode, ssl_certificate_authority: authority } = config;
  const client = config.ssl_client_certificate_enable ? clientCertificateOf(config, kind) : {};
  if (!ssl_enable) return 'certificate' in client ? { mode: 'prefer', ...client } : undefined;
  return { mode: ssl_mode, ...(authority === undefined ? {} : { authority }), ...client };
}

function clientCertificateOf(config: ServerConfig, kind: ServerKind): Omit<ServerTls, 'mode'> {
  const { ssl_client_certificate, ssl_client_private_key } = config;
  if (ssl_client_certificate === undefined || ssl_client_private_key === undefined) {
    throw missing({ ssl_client_certificate, ssl_client_private_key }, kind);
  }
  return { certificate: ssl_client_certificate, key: ssl_client_private_key };
}

function tunnelOf(config: ServerConfig, kind: ServerKind): TunnelSettings | undefined {
  if (!config['ssh_tunnel.enable']) return undefined;
  const host = config['ssh_tunnel.host'];
  const username = config['ssh_tunnel.username'];
  const privateKey = config['ssh_tunnel.private_key'];
  if (host === undefined || username === undefined || privateKey === undefined) {
    throw missing(
      { 'ssh_tunnel.host': host, 'ssh_tunnel.username': username, 'ssh_tunnel.private_key': privateKey },
      kind,
    );
  }
  const passphrase = config['ssh_tunnel.private_key_password'];
  const hostKey = config['ssh_tunnel.host_key'];
  return {
    host,
    port: config['ssh_tunnel.port'],
    username,
    privateKey,
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(hostKey === undefined ? {} : { hostKey }),
  };
}

const PROPERTIES = settingProperties(z.object(serverSettingsShape));

function missing(needed: Needed, { environmentPrefix }: ServerKind): Error {
  const keys = Object.entries(needed).flatMap(([key, value]) => (value === undefined ? [key] : []));
  return invalidSettings(
    keys.map((key) => ({ key, property: PROPERTIES.get(key) ?? {}, value: undefined, origin: undefined })),
    environmentPrefix,
  );
}
