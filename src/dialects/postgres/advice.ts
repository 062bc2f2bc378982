import type { Text } from '../../runtime/text.ts';

export interface Advice {
  readonly code: string;
  readonly text: Text;
  readonly hint: Text;
}

export const HOST_UNKNOWN: Advice = {
  code: 'postgres.host-unknown',
  text: { en: 'The host of the database is not known.', ja: 'データベースのホスト名が見つかりません。' },
  hint: { en: 'Check the name of the host.', ja: 'ホスト名を確認してください。' },
};

export const NO_SOCKET: Advice = {
  code: 'postgres.no-socket',
  text: {
    en: 'There is no socket of a PostgreSQL server in this directory.',
    ja: 'このディレクトリに PostgreSQL サーバーのソケットがありません。',
  },
  hint: {
    en: 'Check the directory and the port, and whether the server runs on this machine.',
    ja: 'ディレクトリとポート番号、およびサーバーがこのマシンで動いているかを確認してください。',
  },
};

export const REFUSED: Advice = {
  code: 'postgres.refused',
  text: {
    en: 'Nothing takes connections at this host and port.',
    ja: 'このホストとポートでは接続を受け付けていません。',
  },
  hint: {
    en: 'Check the host and the port, and whether the server runs and listens to the network (listen_addresses).',
    ja: 'ホスト名とポート番号、サーバーの起動状態、ネットワークからの接続設定（listen_addresses）を確認してください。',
  },
};

export const UNREACHABLE: Advice = {
  code: 'postgres.unreachable',
  text: { en: 'The server does not answer.', ja: 'サーバーから応答がありません。' },
  hint: {
    en: 'Check the host and the port, and whether a firewall lies between.',
    ja: 'ホスト名とポート番号、途中のファイアウォールを確認してください。',
  },
};

export const LOST: Advice = {
  code: 'postgres.connection-lost',
  text: { en: 'The connection to the database was lost.', ja: 'データベースとの接続が切れました。' },
  hint: {
    en: 'Run again when the server is back. What was committed before stays; nothing was half-written.',
    ja: 'サーバーの復旧後に、もう一度実行してください。確定済みのデータは残っており、書きかけのデータはありません。',
  },
};

export const COMMIT_UNKNOWN: Advice = {
  code: 'postgres.commit-unknown',
  text: {
    en: 'The connection was lost while the last rows were being committed: they may be written or not.',
    ja: '最後の行の確定中に接続が切れたため、その行が書き込まれたかどうか分かりません。',
  },
  hint: {
    en: 'Run again: rows with a key are not doubled. Rows of tables without a key may come twice.',
    ja: 'もう一度実行してください。キーのあるテーブルの行は重複しません。キーのないテーブルでは重複することがあります。',
  },
};

export const TLS: Advice = {
  code: 'postgres.tls',
  text: {
    en: 'An encrypted connection to the server cannot be made, or its certificate cannot be trusted.',
    ja: 'サーバーと暗号化接続ができないか、サーバーの証明書を信頼できません。',
  },
  hint: {
    en: 'Check the TLS mode, the certificate authority, and that the host is the one that the certificate names.',
    ja: 'TLS のモード、認証局の証明書、およびホスト名が証明書の名前と一致するかを確認してください。',
  },
};

export const TOO_OLD: Advice = {
  code: 'postgres.too-old',
  text: {
    en: 'The server is older than PostgreSQL 13, or is no PostgreSQL.',
    ja: 'サーバーが PostgreSQL 13 より古いか、PostgreSQL ではありません。',
  },
  hint: {
    en: 'Use PostgreSQL 13 or later.',
    ja: 'PostgreSQL 13 以降を使ってください。',
  },
};

/** By SQLSTATE. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const BY_STATE: Readonly<Record<string, Advice>> = {
  '3D000': {
    code: 'postgres.no-database',
    text: { en: 'There is no such database.', ja: '指定されたデータベースがありません。' },
    hint: {
      en: 'Check the name of the database, or create it: CREATE DATABASE …',
      ja: 'データベース名を確認するか、CREATE DATABASE で作成してください。',
    },
  },
  '53300': {
    code: 'postgres.too-many-connections',
    text: { en: 'The server takes no more connections.', ja: 'サーバーの接続数が上限に達しています。' },
    hint: {
      en: 'Close other programs, or raise max_connections or the limit of the user.',
      ja: 'ほかのプログラムの接続を減らすか、max_connections またはユーザーの接続上限を引き上げてください。',
    },
  },
  '53100': {
    code: 'postgres.disk-full',
    text: {
      en: 'There is no room left on the disk of the server.',
      ja: 'サーバーのディスクの空き容量がありません。',
    },
    hint: {
      en: 'Free some space and run again. What was committed before stays; nothing was half-written.',
      ja: '空き容量を増やしてから、もう一度実行してください。確定済みのデータは残っており、書きかけのデータはありません。',
    },
  },
  '25006': {
    code: 'postgres.read-only',
    text: {
      en: 'This server only reads: it is a replica, or set to read-only.',
      ja: 'このサーバーは読み取り専用です（レプリカ、または読み取り専用に設定されています）。',
    },
    hint: { en: 'Connect to the primary server.', ja: 'プライマリサーバーに接続してください。' },
  },
  '57P03': {
    code: 'postgres.not-ready',
    text: {
      en: 'The server is starting or shutting down.',
      ja: 'サーバーが起動中、または停止処理中です。',
    },
    hint: { en: 'Run again in a while.', ja: 'しばらくしてから、もう一度実行してください。' },
  },
};

export const ACCESS_DENIED: Advice = {
  code: 'postgres.access-denied',
  text: { en: 'The server does not let this user in.', ja: 'このユーザーではサーバーに接続できません。' },
  hint: {
    en: 'Check user and password, and the rules of the server (pg_hba.conf).',
    ja: 'ユーザー名とパスワード、サーバー側の接続許可設定（pg_hba.conf）を確認してください。',
  },
};

export const NO_PERMISSION: Advice = {
  code: 'postgres.no-permission',
  text: { en: 'The user has no right to do this.', ja: 'このユーザーには必要な権限がありません。' },
  hint: {
    en: 'Let an administrator grant it: CREATE on the database for a new schema, CREATE on the schema for tables, and be owner of tables whose columns change.',
    ja: '管理者に権限の付与を依頼してください（スキーマの作成にはデータベースの CREATE、テーブルの作成にはスキーマの CREATE、列の変更にはテーブルの所有権が必要です）。',
  },
};
