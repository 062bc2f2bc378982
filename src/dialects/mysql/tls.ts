import { readFileSync } from 'node:fs';
import type { SslOptions } from 'mysql2';
import { ConfigurationError } from '../../runtime/errors.ts';
import { registerSecret } from '../../runtime/secrets.ts';
import type { MysqlSettings, TlsMode, TlsSettings } from './settings.ts';

/** A socket of this machine needs no encryption. */
export function tlsModeOf({ socketPath, tls = {} }: MysqlSettings): TlsMode {
  if (socketPath !== undefined) return 'disabled';
  return tls.mode ?? (tls.ca === undefined ? 'preferred' : 'verify-identity');
}

/** @throws ConfigurationError `mysql.tls-file` when a file cannot be read */
export function tlsOptions(mode: TlsMode, { ca, certificate, key }: TlsSettings = {}): SslOptions {
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
