import type { Text } from '../../runtime/text.ts';

/** What is wrong, and what to do about it. */
export interface Advice {
  readonly code: string;
  readonly recovery: 'environment' | 'authentication' | 'retryable';
  /** The driver's codes, or the server's numbers (the same in MySQL and MariaDB unless they are of one alone). */
  readonly causes: readonly (string | number)[];
  readonly text: Text;
  readonly hint: Text;
}

export const COLLISION: Advice = {
  code: 'mysql.collision',
  recovery: 'retryable',
  causes: [],
  text: {
    en: 'Another program changes the same tables or rows again and again.',
    ja: '別のプログラムが同じテーブルや行を繰り返し変更しています。',
  },
  hint: {
    en: 'Run again when nothing else writes to these tables.',
    ja: 'これらのテーブルに他の書き込みがないときに、もう一度実行してください。',
  },
};

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html, https://mariadb.com/kb/en/mariadb-error-codes/ */
export const SERVER_ADVICE: readonly Advice[] = [
  {
    code: 'mysql.deadlock',
    recovery: 'retryable',
    causes: [1213],
    text: {
      en: 'Other programs write to the same rows, and the database undid our transaction again and again.',
      ja: '別のプログラムが同じ行に書き込んでいるため、トランザクションが何度も取り消されました。',
    },
    hint: {
      en: 'Run again when nothing else writes to these tables.',
      ja: 'これらのテーブルに他の書き込みがないときに、もう一度実行してください。',
    },
  },
  {
    code: 'mysql.locked',
    recovery: 'retryable',
    causes: [1205],
    text: {
      en: 'Another program holds rows or a table and does not let go of them.',
      ja: '別のプログラムが行またはテーブルをロックしたまま解放しません。',
    },
    hint: {
      en: 'Find the open transaction (SHOW PROCESSLIST), end it, and run again.',
      ja: 'SHOW PROCESSLIST で開いたままのトランザクションを見つけて終了させ、もう一度実行してください。',
    },
  },
  {
    code: 'mysql.connection-lost',
    recovery: 'retryable',
    causes: ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 1053, 1077, 1927, 4031],
    text: {
      en: 'The connection to the database was lost.',
      ja: 'データベースとの接続が切れました。',
    },
    hint: {
      en: 'Check the server and the network and run again. What was not committed has been undone.',
      ja: 'サーバーとネットワークを確認して、もう一度実行してください。未確定の変更は取り消されています。',
    },
  },
  {
    code: 'mysql.too-many-connections',
    recovery: 'retryable',
    causes: [1040, 1203, 1226],
    text: {
      en: 'The database takes no more connections.',
      ja: 'データベースの接続数が上限に達しています。',
    },
    hint: {
      en: 'Close other programs, or raise max_connections or the limit of this user.',
      ja: '他のプログラムを終了するか、max_connections またはユーザーごとの上限を引き上げてください。',
    },
  },
  {
    code: 'mysql.read-only',
    recovery: 'environment',
    causes: [1290, 1792, 1836, 3100],
    text: {
      en: 'The database takes no changes.',
      ja: 'データベースは書き込みを受け付けない状態です。',
    },
    hint: {
      en: 'Connect to the primary server rather than a replica, or switch read_only off.',
      ja: 'レプリカではなくプライマリサーバーに接続するか、read_only を無効にしてください。',
    },
  },
  {
    code: 'mysql.disk-full',
    recovery: 'environment',
    causes: [1021, 1114, 1041, 3, 28],
    text: {
      en: 'There is no room left on the disk of the database, or for its temporary tables.',
      ja: 'データベース、または一時テーブル用のディスクの空き容量がありません。',
    },
    hint: {
      en: 'Free some space and run again. What was committed before stays; nothing was half-written.',
      ja: '空き容量を増やしてから、もう一度実行してください。確定済みのデータは残っており、書きかけのデータはありません。',
    },
  },
  {
    code: 'mysql.not-allowed',
    recovery: 'authentication',
    causes: [1044, 1142, 1143, 1227, 1370],
    text: {
      en: 'The user may not do what is needed in this database.',
      ja: 'このユーザーには、データベースに対する必要な権限がありません。',
    },
    hint: {
      en: 'Grant it SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP and CREATE TEMPORARY TABLES on the database.',
      ja: 'データベースに対する SELECT、INSERT、UPDATE、DELETE、CREATE、ALTER、INDEX、DROP、CREATE TEMPORARY TABLES の権限を付与してください。',
    },
  },
  {
    code: 'mysql.statement-too-long',
    recovery: 'environment',
    causes: [1153, 1301],
    text: {
      en: 'A row is longer than the server takes at once.',
      ja: '1 行のデータが、サーバーが一度に受け取れる大きさを超えています。',
    },
    hint: {
      en: 'Raise max_allowed_packet on the server.',
      ja: 'サーバーの max_allowed_packet を大きくしてください。',
    },
  },
];
