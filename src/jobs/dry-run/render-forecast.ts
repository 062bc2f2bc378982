import type { Language, Text } from '../../runtime/text.ts';
import type { RequestCounts } from '../../tap/tap.ts';
import type { Mode } from '../run/reading.ts';
import { cutTo } from '../terminal/display-width.ts';
import { renderTable, type TableColumn } from '../terminal/table.ts';
import type { JobForecast, StatementForecast } from './job-forecast.ts';

/** The forecast for people: requests by statement and by resource, the time they take, and the changes of tables. */
export function renderForecast(forecast: JobForecast, language: Language): readonly string[] {
  const { statements, resources, requests, minimumSeconds, schemaChanges, requestsMade } = forecast;
  const isEstimate = resources.some((resource) => resource.isEstimate);
  const byResource = resources.map((plan) => [
    plan.resource,
    cutTo(plan.streams.join(', '), STREAMS_WIDTH),
    ...counts(plan.requests, plan.isEstimate),
  ]);
  return [
    ...renderTable(
      columnsOf(STATEMENT_COLUMNS, language),
      statements.map((each) => statementCells(each, language)),
    ),
    '',
    ...renderTable(columnsOf(RESOURCE_COLUMNS, language), [
      ...byResource,
      [TOTAL[language], '', ...counts(requests, isEstimate)],
    ]),
    ...(isEstimate ? [ESTIMATE[language]] : []),
    durationText(minimumSeconds)[language],
    '',
    ...(schemaChanges.length === 0 ? [NO_CHANGES[language]] : [CHANGES[language], ...schemaChanges.map(closed)]),
    '',
    doneText(requestsMade)[language],
  ];
}

const STREAMS_WIDTH = 60;
const STATEMENT_WIDTH = 60;

type Titles = readonly (readonly [title: Text, side: TableColumn['side']])[];

const BUDGETS: Titles = [
  [{ en: 'Read', ja: '読み込み枠' }, 'right'],
  [{ en: 'Search', ja: '検索枠' }, 'right'],
];

const STATEMENT_COLUMNS: Titles = [
  [{ en: 'Statement', ja: '文' }, 'left'],
  [{ en: 'Table', ja: '表' }, 'left'],
  [{ en: 'Reading', ja: '読み方' }, 'left'],
  ...BUDGETS,
];

const RESOURCE_COLUMNS: Titles = [
  [{ en: 'Resource', ja: '取得元' }, 'left'],
  [{ en: 'Streams', ja: 'ストリーム' }, 'left'],
  ...BUDGETS,
];

const MODES: Readonly<Record<Mode, Text>> = {
  anew: { en: 'from the beginning', ja: '最初から' },
  continue: { en: 'what is new', ja: '差分' },
  replace: { en: 'everything, replacing', ja: '全件を入れ替え' },
};

const TOTAL: Text = { en: 'Total', ja: '合計' };
const ESTIMATE: Text = {
  en: '≤ marks an upper bound: how many there are is only known when they are read.',
  ja: '≤ は上限です。実際の件数は読み込むまで分かりません。',
};
const CHANGES: Text = { en: 'Changes of tables:', ja: 'テーブルの変更:' };
const NO_CHANGES: Text = { en: 'No table has to be changed.', ja: 'テーブルの変更は必要ありません。' };

function columnsOf(titles: Titles, language: Language): readonly TableColumn[] {
  return titles.map(([title, side]) => ({ title: title[language], side }));
}

function statementCells({ statement, table, mode, requests, isEstimate }: StatementForecast, language: Language) {
  return [cutTo(statement, STATEMENT_WIDTH), table, MODES[mode][language], ...counts(requests, isEstimate)];
}

const numbers = new Intl.NumberFormat('en');

function counts({ read, search }: RequestCounts, isEstimate: boolean): readonly string[] {
  return [read, search].map((count) => `${isEstimate && count > 0 ? '≤ ' : ''}${numbers.format(count)}`);
}

function durationText(seconds: number): Text {
  if (seconds === 0) {
    return { en: 'Backlog’s limits do not slow the run down.', ja: 'Backlog のレート制限による待ち時間はありません。' };
  }
  const minutes = numbers.format(Math.ceil(seconds / 60));
  return {
    en: `At Backlog’s limits the run takes ${minutes} min or longer.`,
    ja: `Backlog のレート制限により、実行には ${minutes} 分以上かかります。`,
  };
}

function closed(statement: string): string {
  return `${statement};`;
}

function doneText(requests: number): Text {
  const count = numbers.format(requests);
  return {
    en: `Nothing was written. This forecast took ${count} requests.`,
    ja: `何も書き込んでいません。この見積もりには ${count} 件のリクエストを使いました。`,
  };
}
