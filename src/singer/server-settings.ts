import { z } from 'zod';
import { secretSetting, setting } from '../runtime/setting-schema.ts';

const text = z.string().min(1).optional();
const port = z.int().min(1).max(65_535);

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** How a target reaches a database server, under the names that the MeltanoLabs targets gave these settings. */
export const serverSettingsShape = {
  host: setting(text, {
    en: 'Host of the server, or the path of its Unix socket: for PostgreSQL of the folder, for MySQL of the file. By default localhost.',
    ja: 'サーバーのホスト名、または Unix ソケットのパス（PostgreSQL はディレクトリ、MySQL はファイル）。省略時は localhost。',
  }),
  port: setting(port.optional(), {
    en: 'Port of the server. By default the usual one of the database.',
    ja: 'サーバーのポート番号。省略時はデータベースの標準のポート。',
  }),
  user: setting(text, {
    en: 'User of the database; needed unless sqlalchemy_url names it.',
    ja: 'データベースのユーザー名。sqlalchemy_url に含まれない場合は必須です。',
  }),
  password: secretSetting(text, { en: 'Password of the user.', ja: 'ユーザーのパスワード。' }),
  database: setting(text, {
    en: 'Name of the database; needed unless sqlalchemy_url names it.',
    ja: 'データベース名。sqlalchemy_url に含まれない場合は必須です。',
  }),
  sqlalchemy_url: secretSetting(text, {
    en: 'All of these as one URL, which wins over the single settings: dialect+driver://user:password@host:port/database. Special characters are percent-encoded; a driver after the + has no effect.',
    ja: '接続先をまとめた URL（個別の設定より優先）: dialect+driver://user:password@host:port/database。特殊文字はパーセントエンコードします。+ に続くドライバー名は無視します。',
  }),
  ssl_enable: setting(z.boolean().default(false), {
    en: 'Encrypt the connection in the way that ssl_mode says.',
    ja: 'ssl_mode で指定した方法で接続を暗号化します。',
  }),
  ssl_mode: setting(z.enum(SSL_MODES).default('verify-full'), {
    en: "With ssl_enable: verify-full checks the server's certificate and name, verify-ca its certificate alone, require only encrypts, prefer and allow encrypt if the server can.",
    ja: 'ssl_enable が true の場合の方式。verify-full は証明書とホスト名を検証、verify-ca は証明書のみ検証、require は暗号化のみ、prefer と allow はサーバーが対応していれば暗号化します。',
  }),
  ssl_certificate_authority: setting(text, {
    en: 'The authority that signed the certificate of the server: a file, or the PEM text itself. By default the authorities that Node.js knows.',
    ja: 'サーバー証明書に署名した認証局。ファイルのパス、または PEM 形式の文字列。省略時は Node.js の標準の認証局。',
  }),
  ssl_client_certificate_enable: setting(z.boolean().default(false), {
    en: 'Show the server a certificate of our own.',
    ja: 'クライアント証明書をサーバーに提示します。',
  }),
  ssl_client_certificate: setting(text, {
    en: 'That certificate: a file, or the PEM text itself.',
    ja: 'クライアント証明書。ファイルのパス、または PEM 形式の文字列。',
  }),
  ssl_client_private_key: secretSetting(text, {
    en: 'The private key of that certificate: a file, or the PEM text itself.',
    ja: 'クライアント証明書の秘密鍵。ファイルのパス、または PEM 形式の文字列。',
  }),
  'ssh_tunnel.enable': setting(z.boolean().default(false), {
    en: 'Connect through an SSH server (bastion). Needs the program ssh.',
    ja: 'SSH サーバー（踏み台）を経由して接続します。ssh コマンドが必要です。',
  }),
  'ssh_tunnel.host': setting(text, { en: 'Host of the SSH server.', ja: 'SSH サーバーのホスト名。' }),
  'ssh_tunnel.port': setting(port.default(22), {
    en: 'Port of the SSH server.',
    ja: 'SSH サーバーのポート番号。',
  }),
  'ssh_tunnel.username': setting(text, { en: 'User on the SSH server.', ja: 'SSH サーバーのユーザー名。' }),
  'ssh_tunnel.private_key': secretSetting(text, {
    en: 'Private key of that user: a file, or the text of the key itself.',
    ja: 'SSH の秘密鍵。ファイルのパス、または鍵の文字列。',
  }),
  'ssh_tunnel.private_key_password': secretSetting(text, {
    en: 'Passphrase of the private key.',
    ja: '秘密鍵のパスフレーズ。',
  }),
  'ssh_tunnel.host_key': setting(text, {
    en: 'Public key of the SSH server as ssh-keyscan prints it. Without it the server must stand in your known_hosts; an unknown server is refused.',
    ja: 'SSH サーバーの公開鍵（ssh-keyscan の出力）。省略時は known_hosts に登録されている必要があり、未知のサーバーには接続しません。',
  }),
};

export type SslMode = (typeof SSL_MODES)[number];

export type ServerConfig = z.output<z.ZodObject<typeof serverSettingsShape>>;
