import { readFileSync } from 'node:fs';
import { type ConnectionOptions, checkServerIdentity, type PeerCertificate } from 'node:tls';
import { ConfigurationError } from '../../runtime/errors.ts';

/** As libpq defines them. https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
export const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type TlsMode = (typeof TLS_MODES)[number];

/** Certificates and keys are paths of files, or PEM texts themselves. */
export interface TlsSettings {
  readonly mode: TlsMode;
  /** Who vouches for the server. Default: the authorities that Node.js knows. */
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/**
 * What to try, one after the other: `false` stands for a connection without TLS. A Unix socket never has it. `host` is
 * whom the certificate must name, wherever the connection itself leads.
 */
export function tlsAttempts(
  host: string,
  tls: TlsSettings = { mode: 'prefer' },
): readonly (false | ConnectionOptions)[] {
  if (host.startsWith('/')) return [false];
  switch (tls.mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, encrypted(host, tls)];
    case 'prefer':
      return [encrypted(host, tls), false];
    default:
      return [encrypted(host, tls)];
  }
}

function encrypted(host: string, { mode, authority, certificate, key }: TlsSettings): ConnectionOptions {
  const verifies = mode === 'verify-ca' || mode === 'verify-full' || (mode === 'require' && authority !== undefined);
  return {
    rejectUnauthorized: verifies,
    checkServerIdentity: (_: string, peer: PeerCertificate) =>
      mode === 'verify-full' ? checkServerIdentity(host, peer) : undefined,
    ...(authority === undefined ? {} : { ca: pemOf(authority) }),
    ...(certificate === undefined ? {} : { cert: pemOf(certificate) }),
    ...(key === undefined ? {} : { key: pemOf(key) }),
  };
}

function pemOf(pathOrText: string): string {
  if (pathOrText.includes('-----BEGIN')) return pathOrText;
  try {
    return readFileSync(pathOrText, 'utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'postgres.certificate-unreadable',
      path: pathOrText,
      text: {
        en: 'The file of a certificate or key cannot be read.',
        ja: '証明書または鍵のファイルを読み込めません。',
      },
      hint: {
        en: 'Check the path and your rights to the file, or give the PEM text itself.',
        ja: 'パスとファイルの読み取り権限を確認するか、PEM の内容そのものを指定してください。',
      },
      cause,
    });
  }
}
