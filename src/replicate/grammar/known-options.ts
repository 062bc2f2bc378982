import type { Text } from '../../runtime/text.ts';

export type OptionRule =
  /** Taken over, with a value of this type. */
  | { readonly type: 'flag' | 'count' | 'text' }
  /** Changes nothing here, and why; the user is told. */
  | { readonly withoutEffect: Text }
  /** Would change what arrives, so that it is refused, with what to do instead. */
  | { readonly notSupported: Text };

const NO_INTERVALS: Text = {
  en: 'an interrupted first load resumes where it stopped, without intervals',
  ja: '中断した初回の読み込みは、間隔の指定がなくても続きから再開します',
};

const BUDGET_DECIDES: Text = {
  en: 'how fast to read is decided by the budget that Backlog allows',
  ja: '読み取りの速さは Backlog の利用枠で決まります',
};

const NO_HISTORY: Text = {
  en: 'Leave it out; the table then holds the newest version of each row.',
  ja: '指定を外してください。その場合、テーブルには各行の最新の内容が入ります。',
};

/** The options that CData documents for jobs and queries, by the name in the WITH clause. */
export const KNOWN_OPTIONS: Readonly<Record<string, OptionRule>> = {
  DropTable: { type: 'flag' },
  TruncateTable: { type: 'flag' },
  RefreshTable: { type: 'flag' },
  AlterSchema: { type: 'flag' },
  AutoTruncateStrings: { type: 'flag' },
  BatchSize: { type: 'count' },
  CommandTimeout: { type: 'count' },
  ContinueOnError: { type: 'flag' },
  TableNamePrefix: { type: 'text' },
  CacheSchema: { type: 'text' },
  SkipDeleted: { type: 'flag' },
  DeletionBehavior: { type: 'text' },
  AllowMassDeletion: { type: 'flag' },
  ReplicateStartDate: { type: 'text' },
  IncrementalCheckColumns: { type: 'text' },
  UseGmtDateTime: {
    withoutEffect: { en: 'times are always stored in UTC', ja: '日時は常に UTC で保存します' },
  },
  ReplicateInterval: { withoutEffect: NO_INTERVALS },
  ReplicateIntervalUnit: { withoutEffect: NO_INTERVALS },
  ParallelProcessing: { withoutEffect: BUDGET_DECIDES },
  WorkerPool: { withoutEffect: BUDGET_DECIDES },
  StatusConnection: {
    withoutEffect: {
      en: 'the state is kept in the destination itself',
      ja: '状態は出力先のデータベース自体に保存します',
    },
  },
  HistoryMode: { notSupported: NO_HISTORY },
  EnableHistoryMode: { notSupported: NO_HISTORY },
  PreJob: {
    notSupported: {
      en: 'Run the script before backlog-sync instead.',
      ja: 'スクリプトは backlog-sync の前に実行してください。',
    },
  },
  PostJob: {
    notSupported: {
      en: 'Run the script after backlog-sync instead.',
      ja: 'スクリプトは backlog-sync の後に実行してください。',
    },
  },
  OtherCacheOptions: {
    notSupported: {
      en: 'Write each of its options into the WITH clause itself.',
      ja: '中のオプションを WITH 句に直接書いてください。',
    },
  },
};

/** Other spellings that CData uses or used for the same options. */
export const OPTION_SYNONYMS: Readonly<Record<string, string>> = {
  TruncateTableData: 'TruncateTable',
  ReplicateStartValue: 'ReplicateStartDate',
  ReplicateTimeCheckColumns: 'IncrementalCheckColumns',
  DeletionBehaviour: 'DeletionBehavior',
};
