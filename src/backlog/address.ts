import { ConfigurationError } from '../runtime/errors.ts';

/** Where a space lives. */
export interface SpaceAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Host, and port if it is not the standard one. */
  readonly host: string;
  readonly loopback: boolean;
}

/** Everything the client reads lies below it (https://developer.nulab.com/docs/backlog/). */
export const API_ROOT = '/api/v2';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const PATHS = new Set(['', '/', API_ROOT, `${API_ROOT}/`]);

/**
 * Reads a space's address as people write it: with or without scheme, `/api/v2` or a closing slash. Plain http is
 * accepted for loopback hosts only, and is what a loopback host with a port and without a scheme means.
 */
export function parseAddress(text: string): SpaceAddress {
  const url = parseUrl(text.trim());
  if (url === undefined || !PATHS.has(url.pathname) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw malformed(text);
  }
  const loopback = LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) throw insecure(text);
  return { origin: url.origin, host: url.host, loopback };
}

function parseUrl(text: string): URL | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return tryUrl(text);
  const url = tryUrl(`https://${text}`);
  return url !== undefined && url.port !== '' && LOOPBACK.test(url.hostname) ? tryUrl(`http://${text}`) : url;
}

function tryUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function malformed(written: string): ConfigurationError {
  const text = written.replace(/[^/]*@/, '***@');
  return new ConfigurationError({
    code: 'backlog.bad-address',
    text: {
      en: `"${text}" is not the address of a Backlog space`,
      ja: `「${text}」はBacklogスペースのアドレスではありません`,
    },
    hint: {
      en: 'Give the host name of your space, for example example.backlog.com or https://example.backlog.jp/',
      ja: 'スペースのホスト名を指定してください（例: example.backlog.com、https://example.backlog.jp/）',
    },
  });
}

function insecure(text: string): ConfigurationError {
  return new ConfigurationError({
    code: 'backlog.insecure-address',
    text: {
      en: `"${text}" would send the API key unencrypted`,
      ja: `「${text}」ではAPIキーが暗号化されずに送信されます`,
    },
    hint: {
      en: 'Use https://. Plain http is for servers on this machine only (localhost, 127.0.0.1, [::1]).',
      ja: 'https:// を使用してください。http:// はこのマシン上のサーバー（localhost、127.0.0.1、[::1]）にのみ使えます。',
    },
  });
}
