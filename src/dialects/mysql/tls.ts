import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { SslOptions } from 'mysql2';
import { ConfigurationError } from '../../runtime/errors.ts';
import { registerSecret } from '../../runtime/secrets.ts';
import type { MysqlSettings, TlsMode, TlsSettings } from './settings.ts';

/** A socket of this machine needs no encryption. */
export function tlsModeOf({ socketPath, tls = {} }: MysqlSettings): TlsMode {
  if (socketPath !== undefined) return 'disabled';
  return tls.mode ?? (tls.ca === undefined ? 'preferred' : 'verify-identity');
}

/** @throws ConfigurationError `mysql.tls-file` when a file cannot be read, `mysql.tls-address` */
export function tlsOptions(mode: TlsMode, host: string, { ca, certificate, key }: TlsSettings = {}): SslOptions {
  if (mode === 'verify-identity' && isIP(host) !== 0) throw namelessServer(host);
  const keyText = pem(key, 'tls.key');
  registerSecret(keyText);
  return {
    rejectUnauthorized: mode === 'verify-ca' || mode === 'verify-identity',
    verifyIdentity: mode === 'verify-identity',
    ...given('ca', pem(ca, 'tls.ca')),
    ...given('cert', pem(certificate, 'tls.certificate')),
    ...given('key', keyText),
  };
}

/** The driver would look for `localhost` in the certificate of a server whose name it has not. */
function namelessServer(host: string): ConfigurationError {
  return new ConfigurationError({
    code: 'mysql.tls-address',
    path: host,
    text: {
      en: 'Whom a certificate names cannot be checked for a server that is given by its address.',
      ja: 'IP アドレスで指定したサーバーでは、証明書の名前を検証できません。',
    },
    hint: {
      en: 'Connect by the name that stands in the certificate, or choose the TLS mode "verify-ca".',
      ja: '証明書に記載された名前で接続するか、TLS モードに "verify-ca" を指定してください。',
    },
  });
}

function given(name: 'ca' | 'cert' | 'key', text: string | undefined): SslOptions {
  return text === undefined ? {} : { [name]: text };
}

function pem(given: string | undefined, setting: string): string | undefined {
  if (given === undefined || given.includes('-----BEGIN')) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'mysql.tls-file',
      path: setting,
      text: {
        en: 'The file of a certificate or key cannot be read.',
        ja: '証明書または鍵のファイルを読み込めません。',
      },
      hint: {
        en: 'Give the path of a PEM file that this user may read, or the PEM text itself.',
        ja: 'このユーザーが読める PEM ファイルのパスか、PEM のテキストそのものを指定してください。',
      },
      cause,
    });
  }
}
