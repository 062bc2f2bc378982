import { ConfigurationError } from '../runtime/errors.ts';
import { registerSecret } from '../runtime/secrets.ts';
import type { Exchange } from './exchange.ts';

/** The header keeps the key out of access logs; only the query parameter is documented. */
export type KeyPlace = 'header' | 'query';

/** Signs every request with the key. It must stand inside of whatever logs or follows redirects. */
export function withKey(exchange: Exchange, key: string, place: KeyPlace): Exchange {
  checkKey(key);
  registerSecret(key);
  const parameter = `apiKey=${encodeURIComponent(key)}`;
  return (request) =>
    place === 'header'
      ? exchange({ ...request, headers: { ...request.headers, 'Backlog-API-Key': key } })
      : exchange({ ...request, query: request.query === '' ? parameter : `${request.query}&${parameter}` });
}

function checkKey(key: string): void {
  if (/^[\x21-\x7e]+$/.test(key)) return;
  throw new ConfigurationError({
    code: 'backlog.bad-key',
    text: {
      en: key === '' ? 'The API key is empty' : 'The API key holds spaces or characters that no key has',
      ja: key === '' ? 'APIキーが空です' : 'APIキーに空白など使用できない文字が含まれています',
    },
    hint: {
      en: 'Copy the key again from Backlog: Personal settings > API.',
      ja: 'Backlogの「個人設定」＞「API」からキーをコピーし直してください。',
    },
  });
}
