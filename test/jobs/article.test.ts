import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workshop } from './workshop.ts';

const THREE = `REPLICATE Issues;
REPLICATE PROD_Issues SELECT * FROM Issues;
REPLICATE PROD.Issues SELECT * FROM Issues`;

const TABLES = ['Issues', 'PROD_Issues', 'PROD.Issues'];

let shop: Workshop;

beforeEach(async () => {
  shop = await Workshop.open();
});

afterEach(() => shop.close());

const tables = () => TABLES.map((table) => shop.query(`SELECT * FROM [${table}] ORDER BY Id`));

describe('the three statements of the article', () => {
  it('fill three equal tables from one reading', async () => {
    const { code, stderr, report } = await shop.replicate(THREE);

    expect(code, stderr).toBe(0);
    const [issues, ...copies] = tables();
    expect(issues?.map(({ Id }) => Id)).toEqual(shop.issueIds());
    for (const copy of copies) expect(copy).toEqual(issues);
    expect(shop.requestsTo('/issues')).toHaveLength(2);
    expect(report.requests).toBe(shop.sandbox.requests.length);
    expect(
      report.statements.map(({ table, status, inserted, requests, requests_shared }) => {
        return { table, status, inserted, requests, requests_shared };
      }),
    ).toEqual(TABLES.map((table) => ({ table, status: 'OK', inserted: 30, requests: 2, requests_shared: true })));
  });

  it('cost at most two requests a project and change nothing when run again', async () => {
    await shop.replicate(THREE);
    const before = tables();
    const earlier = shop.sandbox.requests.length;

    const { code, report } = await shop.replicate(THREE);

    expect(code).toBe(0);
    expect(tables()).toEqual(before);
    const projects = shop.sandbox.world.projects.size;
    expect(shop.sandbox.requests.length - earlier).toBeLessThanOrEqual(2 * projects);
    expect(report.requests).toBe(shop.sandbox.requests.length - earlier);
    for (const statement of report.statements) {
      expect(statement).toMatchObject({ status: 'OK', inserted: 0, updated: 0, deleted: 0 });
    }
  });

  it('bring exactly what was created and changed in between', async () => {
    await shop.replicate(THREE);
    const [first = 0] = shop.issueIds();
    const projectId = shop.sandbox.world.issues.get(first)?.projectId ?? 0;
    shop.sandbox.world.createIssue({ projectId, summary: '新しい課題' });
    shop.sandbox.world.updateIssue(first, { summary: 'changed' });

    const { report } = await shop.replicate(THREE);

    for (const statement of report.statements) expect(statement).toMatchObject({ inserted: 1, updated: 1 });
    const [issues = [], ...copies] = tables();
    expect(issues).toHaveLength(31);
    expect(issues.at(-1)).toMatchObject({ Summary: '新しい課題' });
    expect(issues[0]).toMatchObject({ Id: first, Summary: 'changed' });
    for (const copy of copies) expect(copy).toEqual(issues);
  });

  it.each(['en', 'ja'])('print nothing that looks like a failure when all is well (%s)', async (language) => {
    const options = { environment: { BACKLOG_LANGUAGE: language }, args: ['-g', shop.job, '-f', shop.queries] };
    const texts: string[] = [];
    shop.writeQueries(THREE);
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await shop.run(options);
      expect(code).toBe(0);
      texts.push(stdout, stderr);
    }
    const said = texts.join('');
    expect(said).not.toMatch(/error|exception/i);
    expect(said).not.toContain(shop.sandbox.apiKey);
    for (const table of TABLES) expect(said).toContain(table);
    expect(said).toContain(language === 'ja' ? '読込行数' : 'Rows read');
  });
});
