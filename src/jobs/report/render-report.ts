import type { Language, Text } from '../../runtime/text.ts';
import { totalOf } from '../../tap/tap.ts';
import { cutTo } from '../terminal/display-width.ts';
import { renderTable, type TableColumn } from '../terminal/table.ts';
import type { JobReport, Problem, RowCounts, StatementReport } from './job-report.ts';
import { problemLine } from './problem.ts';
import { renderRequests } from './render-requests.ts';

/**
 * The report for people: a table of the statements, one of the requests, and at last what went wrong. Parts may be of
 * several lines.
 */
export function renderReport(report: JobReport, language: Language): readonly string[] {
  const columns = COLUMNS.map(({ title, side }): TableColumn => ({ title: title[language], side }));
  const rows = [...report.statements.map(statementCells), totalCells(report, language)];
  const shared = report.statements.some(({ requestsShared }) => requestsShared);
  return [
    ...renderTable(columns, rows),
    ...(shared ? [SHARED[language]] : []),
    ...requestLines(report, language),
    ...problemLines(report.statements, language),
  ];
}

function requestLines(report: JobReport, language: Language): readonly string[] {
  const lines = renderRequests(report, language);
  return lines.length === 0 ? [] : ['', ...lines];
}

/** One line per problem, with all tables that it concerns, and one for its hint. */
function problemLines(statements: readonly StatementReport[], language: Language): readonly string[] {
  const tablesOf = new Map<string, string[]>();
  for (const { table, problems } of statements) {
    for (const problem of problems) {
      const text = problemText(problem, language);
      tablesOf.set(text, [...(tablesOf.get(text) ?? []), table]);
    }
  }
  return [...tablesOf].map(([text, tables]) => `${[...new Set(tables)].join(', ')}: ${text}`);
}

const COLUMNS: readonly { readonly title: Text; readonly side: TableColumn['side'] }[] = [
  { title: { en: 'Statement', ja: '文' }, side: 'left' },
  { title: { en: 'Table', ja: '表' }, side: 'left' },
  { title: { en: 'Rows read', ja: '読込行数' }, side: 'right' },
  { title: { en: 'Inserted', ja: '追加' }, side: 'right' },
  { title: { en: 'Updated', ja: '更新' }, side: 'right' },
  { title: { en: 'Deleted', ja: '削除' }, side: 'right' },
  { title: { en: 'Requests', ja: 'リクエスト' }, side: 'right' },
  { title: { en: 'Seconds', ja: '秒' }, side: 'right' },
  { title: { en: 'Status', ja: '状態' }, side: 'left' },
];

const TOTAL: Text = { en: 'Total', ja: '合計' };

const SHARED: Text = {
  en: '* These requests served several statements at once; the total counts each of them once.',
  ja: '* 複数の文が同じリクエストを共有しています。合計では一度だけ数えています。',
};

const STATEMENT_WIDTH = 60;

function statementCells(report: StatementReport): readonly string[] {
  const { statement, table, rows, requests, requestsShared, seconds, verdict } = report;
  const marked = `${count(requests)}${requestsShared ? '*' : ''}`;
  return [cutTo(statement, STATEMENT_WIDTH), table, ...rowCells(rows), marked, seconds.toFixed(1), verdict];
}

function totalCells({ statements, requests, startedAt, endedAt }: JobReport, language: Language): readonly string[] {
  const seconds = (endedAt - startedAt) / 1000;
  return [TOTAL[language], '', ...rowCells(sumRows(statements)), count(totalOf(requests)), seconds.toFixed(1)];
}

function rowCells({ read, inserted, updated, deleted }: RowCounts): readonly string[] {
  return [read, inserted, updated, deleted].map(count);
}

function sumRows(statements: readonly StatementReport[]): RowCounts {
  const sum = (of: keyof RowCounts) => statements.reduce((total, { rows }) => total + rows[of], 0);
  return {
    read: sum('read'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    deleted: sum('deleted'),
  };
}

function problemText(problem: Problem, language: Language): string {
  const hint = problem.hint === undefined ? '' : `\n  → ${problem.hint[language]}`;
  return `${problemLine(problem, language)}${hint}`;
}

const numbers = new Intl.NumberFormat('en');

function count(value: number): string {
  return numbers.format(value);
}
