import { expect, it, onTestFinished, vi } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { PATIENTLY } from '../patiently.ts';
import { freePort } from '../servers/server-process.ts';
import { Workshop } from './workshop.ts';

const SPACE: SandboxOptions = { seed: { projects: 2, issues: 700, commentsPerIssue: 0 }, budgets: { read: 1e6 } };

const SQL = 'REPLICATE Issues WITH BatchSize=50; REPLICATE Projects; REPLICATE IssueComments;';

it('a network that is lost in mid-run ends it with code 3; what was stored stays, and the next run goes on', async () => {
  const port = await freePort();
  const shop = await Workshop.open({ ...SPACE, port });
  onTestFinished(() => shop.close());
  const lost = (async () => {
    await vi.waitUntil(() => shop.requestsTo('/issues').length >= 5, { ...PATIENTLY, interval: 1 });
    await shop.sandbox.close();
  })();

  const { code, report, stderr } = await shop.replicate(SQL, { hurried: true });

  await lost;
  expect(code, stderr).toBe(3);
  expect(report.statements).toHaveLength(3);
  const issues = report.statements[0];
  expect(issues).toMatchObject({ status: 'FAILED', problems: [{ code: expect.stringMatching(/^backlog\./) }] });
  expect(stderr).not.toMatch(/^\s+at /m);
  const stored = shop.rows('Issues').length;
  expect(stored).toBe(issues?.inserted);
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(700);
  expect(new Set(shop.rows('backlog_sync_runs').map(({ status }) => status))).toContain('FAILED');

  const again = await startSandbox({ ...SPACE, port });
  onTestFinished(() => again.close());
  const next = await shop.replicate(SQL, { hurried: true });

  expect(next.code, next.stderr).toBe(0);
  expect(next.report.statements[0]?.inserted).toBe(700 - stored);
  expect(shop.query('SELECT Id FROM Issues ORDER BY Id').map(({ Id }) => Id)).toEqual(shop.issueIds());
});
