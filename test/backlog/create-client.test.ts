import { expect, onTestFinished, test } from 'vitest';
import { type ClientSettings, createClient } from '../../src/backlog/create-client.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { json, startServer } from './fake-server.ts';

function open(settings: Partial<ClientSettings> & { readonly url: string }) {
  const client = createClient(
    { apiKey: 'k-0123456789', ...settings },
    { clock: systemClock, log: silentLogger, random: () => 0, environment: {} },
  );
  onTestFinished(() => client.close());
  return client;
}

test('reads the decoded body, signed in the header and with lists spelt as Backlog reads them', async () => {
  const headers: unknown[] = [];
  const server = await startServer((request, response) => {
    headers.push(request.headers['backlog-api-key'], request.headers['user-agent']);
    json(response, [{ id: 1, summary: '課題' }]);
  });
  const client = open({ url: server.url });
  expect(await client.get('/issues', { projectId: [1, 2], count: 100, sort: undefined })).toEqual([
    { id: 1, summary: '課題' },
  ]);
  expect(server.seen).toEqual(['/api/v2/issues?projectId%5B%5D=1&projectId%5B%5D=2&count=100']);
  expect(headers).toEqual(['k-0123456789', expect.stringMatching(/^backlog-sync\/\d+\.\d+\.\d+ \(\+node v\d+/)]);
  expect(client.usage.requests).toEqual({ read: 1, search: 1, icon: 0, update: 0 });
  expect(client.host).toBe(`127.0.0.1:${server.port}`);
});
