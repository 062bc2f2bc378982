import { RATE_CLASSES } from '../backlog/client.ts';
import type { Language, Text } from '../runtime/text.ts';
import type { ReadingPlan, RequestCounts, ResourcePlan, ResourceRequests } from '../tap/tap.ts';
import type { AboutFormat } from './about.ts';

/** What a reading will cost: as JSON with the names of the plan, otherwise a line for each resource that is asked. */
export function formatPlan(plan: ReadingPlan, format: AboutFormat, language: Language): string {
  if (format === 'json') return `${JSON.stringify(plan, null, 2)}\n`;
  const isEstimate = plan.resources.some((resource) => resource.isEstimate);
  const lines = [
    ...plan.resources.filter(({ requests }) => requestsText(requests) !== '').map(resourceText),
    `${TOTAL[language]}: ${requestsText(plan.requests) || '0'}`,
    ...(isEstimate ? [ESTIMATE[language]] : []),
    durationText(plan.minimumSeconds)[language],
  ];
  return `${lines.join('\n')}\n`;
}

/** What a resource has cost, beside what had been planned. */
export function requestsLine({ resource, requests, planned }: ResourceRequests): Text {
  const made = requestsText(requests) || '0';
  if (planned === undefined)
    return { en: `Requests for ${resource}: ${made}`, ja: `${resource} のリクエスト: ${made}` };
  const expected = `${planned.isEstimate ? '≤ ' : ''}${requestsText(planned.requests) || '0'}`;
  return {
    en: `Requests for ${resource}: ${made} (planned: ${expected})`,
    ja: `${resource} のリクエスト: ${made}（計画: ${expected}）`,
  };
}

const TOTAL: Text = { en: 'total', ja: '合計' };
const ESTIMATE: Text = {
  en: '≤ marks an upper bound: how many there are is only known when they are read.',
  ja: '≤ は上限です。実際の件数は読み込むまで分かりません。',
};

function resourceText({ resource, requests, isEstimate }: ResourcePlan): string {
  return `${resource}: ${isEstimate ? '≤ ' : ''}${requestsText(requests)}`;
}

function requestsText(requests: RequestCounts): string {
  const asked = RATE_CLASSES.filter((rateClass) => requests[rateClass] > 0);
  return asked.map((rateClass) => `${requests[rateClass]} ${rateClass}`).join(' + ');
}

function durationText(seconds: number): Text {
  const minutes = Math.ceil(seconds / 60);
  return {
    en: `at the limits of Backlog at least ${minutes} min`,
    ja: `Backlog のレート制限により ${minutes} 分以上`,
  };
}
