import { AppError, EnvironmentError, FatalError, RetryableError } from '../runtime/errors.ts';
import { type Trouble, troubleAt } from './trouble.ts';

const UNKNOWN_HOST: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.unknown-host',
  text: { en: 'There is no host of this name', ja: 'この名前のホストは存在しません' },
  hint: {
    en: 'Check the address of the space (….backlog.com, ….backlog.jp or ….backlogtool.com) and the network.',
    ja: 'スペースのアドレス（….backlog.com、….backlog.jp、….backlogtool.com）とネットワークを確認してください。',
  },
};

const UNREACHABLE: Trouble = {
  kind: RetryableError,
  code: 'backlog.unreachable',
  text: { en: 'The host of the space cannot be reached', ja: 'スペースのホストに接続できません' },
  hint: {
    en: 'Check the network, the address, and whether a firewall or a proxy (HTTPS_PROXY) is in between.',
    ja: 'ネットワーク、アドレス、ファイアウォールやプロキシ（HTTPS_PROXY）の設定を確認してください。',
  },
};

const CONNECTION_LOST: Trouble = {
  kind: RetryableError,
  code: 'backlog.connection-lost',
  text: { en: 'The connection broke off before the answer was complete', ja: '応答の途中で接続が切れました' },
  hint: { en: 'Check the network and run again.', ja: 'ネットワークを確認し、再実行してください。' },
};

const TIMEOUT: Trouble = {
  kind: RetryableError,
  code: 'backlog.timeout',
  text: { en: 'Backlog did not answer in time', ja: '時間内にBacklogの応答がありませんでした' },
  hint: { en: 'Check the network and run again later.', ja: 'ネットワークを確認し、時間をおいて再実行してください。' },
};

const CERTIFICATE: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.certificate',
  text: { en: 'The certificate of the host cannot be trusted', ja: 'ホストの証明書を信頼できません' },
  hint: {
    en: 'Check the address. If a proxy opens TLS connections here, name its certificate in NODE_EXTRA_CA_CERTS.',
    ja: 'アドレスを確認してください。TLSを検査するプロキシがある場合は、その証明書をNODE_EXTRA_CA_CERTSに指定してください。',
  },
};

const TLS: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.tls',
  text: { en: 'No encrypted connection could be made', ja: '暗号化された接続を確立できませんでした' },
  hint: {
    en: 'Check that the address and its port speak https, and any proxy in between.',
    ja: 'アドレスとポートがhttpsに対応していること、途中のプロキシを確認してください。',
  },
};

const PROXY_REFUSED: Trouble = {
  kind: EnvironmentError,
  code: 'backlog.proxy-refused',
  text: { en: 'The proxy did not let the connection through', ja: 'プロキシが接続を許可しませんでした' },
  hint: {
    en: 'Check HTTPS_PROXY (with user and password if it wants them) and NO_PROXY.',
    ja: 'HTTPS_PROXY（必要ならユーザー名とパスワードを含む）とNO_PROXYを確認してください。',
  },
};

/** The client was closed; see `BacklogClient.close`. */
export const CLOSED: Trouble = {
  kind: FatalError,
  code: 'backlog.closed',
  text: { en: 'The client was closed while a request was under way', ja: 'リクエスト中にクライアントが閉じられました' },
  hint: {
    en: 'This is a fault of the program; please report it with this message.',
    ja: 'プログラムの不具合です。このメッセージを添えて報告してください。',
  },
};

/** Codes of Node.js and of undici, in the order in which they are tried. */
const BY_CODE: readonly (readonly [RegExp, Trouble])[] = [
  [/^ENOTFOUND$/, UNKNOWN_HOST],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EAI_\w+|UND_ERR_CONNECT_TIMEOUT)$/, UNREACHABLE],
  [/^(ETIMEDOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, TIMEOUT],
  [/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS_/, CERTIFICATE],
  [/^ERR_SSL_|^EPROTO$|^UND_ERR_PRX_TLS$/, TLS],
  [/^(UND_ERR_DESTROYED|UND_ERR_CLOSED)$/, CLOSED],
];

/** The error that a request without an answer means. */
export function errorOfNetwork(cause: unknown, path: string): AppError {
  if (cause instanceof AppError) return cause;
  const { code, message } = rootOf(cause);
  if (/proxy response|proxy authentication/i.test(message)) return troubleAt(PROXY_REFUSED, path, message, cause);
  const trouble = BY_CODE.find(([codes]) => codes.test(code))?.[1] ?? CONNECTION_LOST;
  return troubleAt(trouble, path, code, cause);
}

/** True when no byte of the request can have reached the server. */
export function neverArrived(error: unknown): boolean {
  return (
    error instanceof AppError &&
    [UNKNOWN_HOST, UNREACHABLE, CERTIFICATE, TLS, PROXY_REFUSED].some(({ code }) => code === error.code)
  );
}

function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}
