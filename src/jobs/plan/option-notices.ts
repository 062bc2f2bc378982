import type { OptionValue, ReplicateStatement } from '../../replicate/statement.ts';
import type { Text } from '../../runtime/text.ts';

/** What is true whatever the option says, by the value that asks for something else. */
const WITHOUT_EFFECT: readonly {
  readonly option: string;
  readonly asks: (value: OptionValue) => boolean;
  readonly instead: Text;
}[] = [
  {
    option: 'AlterSchema',
    asks: (value) => value === false,
    instead: {
      en: 'new columns are added to the table when they come',
      ja: '新しい列は届いたときにテーブルへ追加します',
    },
  },
  {
    option: 'AutoTruncateStrings',
    asks: (value) => value === true,
    instead: { en: 'text is always stored whole', ja: '文字列は常に全体を保存します' },
  },
  {
    option: 'ContinueOnError',
    asks: (value) => value === false,
    instead: { en: 'a failing statement never stops the others', ja: '失敗した文があっても、ほかの文は続けます' },
  },
  {
    option: 'CommandTimeout',
    asks: () => true,
    instead: { en: 'statements in the database are not timed out', ja: 'データベース側の処理に時間制限はありません' },
  },
  {
    option: 'IncrementalCheckColumns',
    asks: () => true,
    instead: {
      en: 'each table is read by the way that Backlog offers for it',
      ja: '差分の読み取り方法はテーブルごとに Backlog の仕様で決まります',
    },
  },
];

/** Options that the statement sets and that change nothing. */
export function optionNotices({ options, path, line, column }: ReplicateStatement): readonly Text[] {
  return WITHOUT_EFFECT.flatMap(({ option, asks, instead }) => {
    const value = options.get(option);
    if (value === undefined || !asks(value)) return [];
    const place = `${path}:${line}:${column}`;
    return [
      {
        en: `${place}: ${option} has no effect: ${instead.en}.`,
        ja: `${place}: ${option} は効果がありません。${instead.ja}。`,
      },
    ];
  });
}
