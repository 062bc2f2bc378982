import { RATE_CLASSES, type RateClass } from '../../backlog/client.ts';
import type { Language, Text } from '../../runtime/text.ts';
import { type RequestCounts, sumCounts, totalOf } from '../../tap/tap.ts';
import { renderTable, type TableColumn } from '../terminal/table.ts';
import type { JobReport } from './job-report.ts';
import { otherRequests } from './other-requests.ts';

/** One line of the table; `planned` is absent where nothing had been planned. */
interface Line {
  readonly name: string;
  readonly requests: RequestCounts;
  readonly planned?: { readonly requests: RequestCounts; readonly isEstimate: boolean };
}

/**
 * The requests of a run by resource and allowance and, if they had been planned, each number beside the planned one.
 * Allowances of which nothing was spent or planned are left out.
 */
export function renderRequests(report: JobReport, language: Language): readonly string[] {
  const lines = linesOf(report, language);
  const isPlanned = report.resources.some(({ planned }) => planned !== undefined);
  const budgets = RATE_CLASSES.filter((rateClass) => lines.some((line) => isUsed(line, rateClass)));
  if (budgets.length === 0) return [];
  const columns: readonly TableColumn[] = [
    { title: RESOURCE[language], side: 'left' },
    ...budgets.flatMap((rateClass) => titlesOf(rateClass, isPlanned, language)),
  ];
  const rows = lines.map((line) => [line.name, ...budgets.flatMap((rateClass) => cellsOf(line, rateClass, isPlanned))]);
  const isEstimate = lines.some(({ planned }) => planned?.isEstimate === true);
  return [...renderTable(columns, rows), ...(isEstimate ? [ESTIMATE[language]] : [])];
}

function linesOf(report: JobReport, language: Language): readonly Line[] {
  const lines = report.resources.map(({ resource, ...counts }): Line => ({ name: resource, ...counts }));
  const plans = report.resources.flatMap(({ planned }) => planned ?? []);
  const planned = {
    requests: sumCounts(plans.map(({ requests }) => requests)),
    isEstimate: plans.some(({ isEstimate }) => isEstimate),
  };
  const total = { name: TOTAL[language], requests: report.requests, ...(plans.length > 0 && { planned }) };
  const others = otherRequests(report);
  return [...lines, ...(totalOf(others) > 0 ? [{ name: OTHER[language], requests: others }] : []), total];
}

function isUsed({ requests, planned }: Line, rateClass: RateClass): boolean {
  return requests[rateClass] + (planned?.requests[rateClass] ?? 0) > 0;
}

const RESOURCE: Text = { en: 'Resource', ja: '取得元' };
const TOTAL: Text = { en: 'Total', ja: '合計' };
const OTHER: Text = { en: '(account, limits, plan, repeats)', ja: '(アカウント・上限・計画・再試行)' };
const ESTIMATE: Text = {
  en: '≤ marks an upper bound: how many there are is only known when they are read.',
  ja: '≤ は上限です。実際の件数は読み込むまで分かりません。',
};

const BUDGETS: Readonly<Record<RateClass, Text>> = {
  read: { en: 'Read', ja: '読み込み枠' },
  search: { en: 'Search', ja: '検索枠' },
  icon: { en: 'Icon', ja: 'アイコン枠' },
  update: { en: 'Update', ja: '更新枠' },
};

function titlesOf(rateClass: RateClass, isPlanned: boolean, language: Language): readonly TableColumn[] {
  const name = BUDGETS[rateClass][language];
  const planned = { en: `${name}, planned`, ja: `${name}(計画)` }[language];
  const titles = isPlanned ? [planned, name] : [name];
  return titles.map((title) => ({ title, side: 'right' }));
}

function cellsOf({ requests, planned }: Line, rateClass: RateClass, isPlanned: boolean): readonly string[] {
  const actual = numbers.format(requests[rateClass]);
  if (!isPlanned) return [actual];
  if (planned === undefined) return ['', actual];
  const count = planned.requests[rateClass];
  return [`${planned.isEstimate && count > 0 ? '≤ ' : ''}${numbers.format(count)}`, actual];
}

const numbers = new Intl.NumberFormat('en');
