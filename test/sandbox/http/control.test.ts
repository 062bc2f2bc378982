import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker } from '../asker.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(() => sandbox.close());

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.url}/sandbox${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('another process changes the world and gets what was made', async () => {
  const issue = { projectId: 101, summary: '外から', statusId: 2 };
  const { body } = await control('POST', '/changes', { action: 'createIssue', arguments: [issue] });
  expect(body).toMatchObject(issue);
  expect((await asker(sandbox)(`/issues/${String(body.id)}`)).body.summary).toBe('外から');
  await control('POST', '/changes', { action: 'deleteIssue', arguments: [body.id] });
  expect((await asker(sandbox)(`/issues/${String(body.id)}`)).status).toBe(404);
});

test('a change that cannot be made says why', async () => {
  const nothing = await control('POST', '/changes', { action: 'deleteIssue', arguments: [7] });
  expect(nothing).toEqual({ status: 400, body: { message: 'no issue 7' } });
  const unknown = await control('POST', '/changes', { action: 'explode', arguments: [] });
  expect(unknown.body.message).toMatch(/^No change explode\. Known are: createIssue/);
});

test('faults are added and cleared', async () => {
  await control('POST', '/faults', { path: '/space', times: 9, fault: { kind: 'status', status: 502 } });
  expect((await asker(sandbox)('/space')).status).toBe(502);
  await control('DELETE', '/faults');
  expect((await asker(sandbox)('/space')).status).toBe(200);
});

test('requests are counted by class and status, and forgotten on demand', async () => {
  const ask = asker(sandbox);
  for (const path of ['/space', '/issues', '/issues/none']) await ask(path);
  const { body } = await control('GET', '/requests');
  expect(body.counts).toEqual({
    total: 3,
    byClass: { read: 2, search: 1, icon: 0, update: 0 },
    byStatus: { 200: 2, 404: 1 },
  });
  expect(body.entries).toHaveLength(3);
  await control('DELETE', '/requests');
  expect(sandbox.requests).toEqual([]);
});

test('the clock is set wrong', async () => {
  await control('POST', '/clock', { skewSeconds: 86_400 });
  const { headers } = await asker(sandbox)('/space');
  expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(80_000_000);
});

test('what is unknown is told with what is known', async () => {
  const { status, body } = await control('POST', '/other');
  expect(status).toBe(404);
  expect(body.message).toMatch('POST /sandbox/changes');
});
