import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Reported, Workshop } from './workshop.ts';

interface Counts {
  readonly read: number;
  readonly search: number;
}

interface Requests {
  readonly requests_by_budget: Counts;
  readonly requests_for_no_resource: Counts;
  readonly resources: readonly {
    readonly resource: string;
    readonly requests: Counts;
    readonly planned?: Counts;
    readonly planned_is_estimate?: boolean;
  }[];
}

const STATEMENTS = 'REPLICATE Issues; REPLICATE Projects; REPLICATE ProjectCustomFields; REPLICATE WikiPages;';

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

/** The report of a run, and the requests that it really made. */
async function run(options: readonly string[] = []) {
  const before = shop.sandbox.requests.length;
  const args = ['-g', shop.job, '-f', shop.queries, '--json', ...options];
  const { code, stderr, report }: Reported = await shop.replicate(STATEMENTS, { args });
  expect(code, stderr).toBe(0);
  return { report: report as Reported['report'] & Requests, made: shop.sandbox.requests.slice(before) };
}

describe('the requests of a run', () => {
  it('are told by resource and budget, and add up to all that were made', async () => {
    const { report, made } = await run();
    const spent = (rateClass: string) => made.filter((request) => request.rateClass === rateClass).length;
    expect(report.requests).toBe(made.length);
    expect(report.requests_by_budget).toEqual({ read: spent('read'), search: spent('search'), icon: 0, update: 0 });
    const byResource = new Map(report.resources.map(({ resource, requests }) => [resource, requests]));
    const asked = (path: RegExp) => made.filter((request) => path.test(request.path)).length;
    expect(byResource.get('issues')).toMatchObject({ read: 0, search: asked(/^\/issues$/) });
    expect(byResource.get('projects')).toMatchObject({ read: 1, search: 0 });
    expect(byResource.get('project_custom_fields')).toMatchObject({ read: asked(/\/customFields$/) });
    for (const budget of ['read', 'search'] as const) {
      const sum = report.resources.reduce((total, { requests }) => total + requests[budget], 0);
      expect(sum + report.requests_for_no_resource[budget]).toBe(spent(budget));
    }
    expect(report.resources.filter(({ planned }) => planned !== undefined)).toEqual([]);
  });

  it.each([
    ['of a first load', ''],
    ['with columns for custom fields', 'IncludeCustomFields=True;'],
  ])('stand beside those that were planned, if that is asked for: %s', async (_, properties) => {
    shop.writeJob({ ConnectionString: `${shop.connection}${properties}` });
    for (let repeat = 0; repeat < 2; repeat++) {
      const { report, made } = await run(['--plan-first']);
      expect(report.requests).toBe(made.length);
      for (const { resource, requests, planned, planned_is_estimate } of report.resources) {
        if (planned_is_estimate) expect(requests.read + requests.search).toBeLessThanOrEqual(sumOf(planned));
        else expect([resource, requests]).toEqual([resource, planned]);
      }
      expect(
        report.resources.filter(({ planned_is_estimate }) => planned_is_estimate === false).length,
      ).toBeGreaterThan(2);
    }
  });

  it('are shown to people as a table, in their language', async () => {
    shop.writeQueries(STATEMENTS);
    const args = ['-g', shop.job, '-f', shop.queries, '--plan-first'];
    const { stdout } = await shop.run({ args });
    expect(stdout).toMatch(/Resource +Read, planned +Read +Search, planned +Search/);
    expect(stdout).toMatch(/project_custom_fields +2 +2 +0 +0/);
    const japanese = await shop.run({ args, environment: { BACKLOG_LANGUAGE: 'ja' } });
    expect(japanese.stdout).toMatch(/取得元 +読み込み枠\(計画\) +読み込み枠/);
  });
});

function sumOf(counts: Counts | undefined): number {
  return counts === undefined ? 0 : counts.read + counts.search;
}
