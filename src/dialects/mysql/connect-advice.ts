import type { Advice } from './advice.ts';

/** What goes wrong before there is a connection. */
export const CONNECT_ADVICE: readonly Advice[] = [
  {
    code: 'mysql.host-unknown',
    recovery: 'environment',
    causes: ['ENOTFOUND', 'EAI_AGAIN'],
    text: {
      en: 'No server of this name is known.',
      ja: 'この名前のサーバーが見つかりません。',
    },
    hint: {
      en: 'Check the host name and the network.',
      ja: 'ホスト名とネットワークを確認してください。',
    },
  },
  {
    code: 'mysql.unreachable',
    recovery: 'environment',
    causes: ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'EACCES'],
    text: {
      en: 'Nothing answers at this address.',
      ja: 'このアドレスではサーバーが応答しません。',
    },
    hint: {
      en: 'Check that the server runs and listens there (host, port or socket, firewall).',
      ja: 'サーバーが起動し、そこで待ち受けているか（ホスト、ポートまたはソケット、ファイアウォール）を確認してください。',
    },
  },
  {
    code: 'mysql.timeout',
    recovery: 'environment',
    causes: ['ETIMEDOUT'],
    text: {
      en: 'The server did not answer in time.',
      ja: 'サーバーから時間内に応答がありませんでした。',
    },
    hint: {
      en: 'Check host, port and firewall, or allow more time to connect.',
      ja: 'ホスト、ポート、ファイアウォールを確認するか、接続の制限時間を延ばしてください。',
    },
  },
  {
    code: 'mysql.access-denied',
    recovery: 'authentication',
    causes: [1045, 1698, 1251, 1130, 1820, 1862, 3118, 3955, 4151],
    text: {
      en: 'The server does not let this user in.',
      ja: 'サーバーにこのユーザーでの接続を拒否されました。',
    },
    hint: {
      en: 'Check user and password, and whether the user may connect from this machine.',
      ja: 'ユーザー名とパスワード、およびこのマシンからの接続が許可されているかを確認してください。',
    },
  },
  {
    code: 'mysql.unknown-database',
    recovery: 'environment',
    causes: [1049],
    text: {
      en: 'There is no database of this name on the server.',
      ja: 'この名前のデータベースはサーバーにありません。',
    },
    hint: {
      en: 'Create it (CREATE DATABASE … CHARACTER SET utf8mb4), or correct the name.',
      ja: 'データベースを作成する（CREATE DATABASE … CHARACTER SET utf8mb4）か、名前を修正してください。',
    },
  },
  {
    code: 'mysql.tls-unsupported',
    recovery: 'environment',
    causes: ['HANDSHAKE_NO_SSL_SUPPORT'],
    text: {
      en: 'The server does not offer encrypted connections.',
      ja: 'サーバーが暗号化接続に対応していません。',
    },
    hint: {
      en: 'Set up TLS on the server, or choose the TLS mode "preferred" or "disabled".',
      ja: 'サーバーで TLS を設定するか、TLS モードに "preferred" または "disabled" を指定してください。',
    },
  },
  {
    code: 'mysql.tls-required',
    recovery: 'environment',
    causes: [3159],
    text: {
      en: 'The server takes encrypted connections only.',
      ja: 'サーバーは暗号化接続のみを受け付けています。',
    },
    hint: {
      en: 'Choose the TLS mode "required" or a stricter one.',
      ja: 'TLS モードに "required" 以上を指定してください。',
    },
  },
  {
    code: 'mysql.tls',
    recovery: 'environment',
    causes: ['HANDSHAKE_SSL_ERROR'],
    text: {
      en: 'No encrypted connection came about, or the certificate of the server is not to be trusted.',
      ja: '暗号化接続を確立できないか、サーバーの証明書を信頼できません。',
    },
    hint: {
      en: 'Give the CA that signed the certificate, connect by the name that stands in it, or choose another TLS mode.',
      ja: '証明書に署名した CA を指定する、証明書に記載された名前で接続する、または TLS モードを変更してください。',
    },
  },
];
