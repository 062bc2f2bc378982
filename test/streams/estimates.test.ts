import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../src/backlog/create-client.ts';
import { silentLogger } from '../../src/runtime/log.ts';
import { planReading } from '../../src/tap/tap.ts';
import { openSpace, type TestSpace } from '../tap/test-space.ts';

let space: TestSpace;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 4, wikis: 30, documents: 220, pullRequests: 230 } });
});

afterEach(() => space[Symbol.asyncDispose]());

/** Planned requests of a first load, by resource. */
async function plan(streams: readonly string[]) {
  const { sandbox, clock } = space;
  const shared = { clock, log: silentLogger };
  const client = createClient({ url: sandbox.url, apiKey: sandbox.apiKey }, { ...shared, environment: {} });
  try {
    const selection = streams.map((name) => ({ name }));
    const { resources } = await planReading({ client, selection, settings: {}, ...shared });
    return new Map(resources.map(({ resource, requests }) => [resource, requests.read + requests.search]));
  } finally {
    await client.close();
  }
}

test.each([
  { resource: 'wiki_pages', stream: 'wiki_pages', path: /^\/wikis/ },
  { resource: 'documents', stream: 'documents', path: /^\/documents/ },
  { resource: 'pull_requests', stream: 'pull_requests', path: /git/ },
  { resource: 'watchings', stream: 'watchings', path: /^\/users/ },
  { resource: 'user_recently_viewed_issues', stream: 'user_recently_viewed_issues', path: /^\/users/ },
  { resource: 'user_received_stars', stream: 'user_received_stars', path: /stars$/ },
  { resource: 'wiki_page_history', stream: 'wiki_page_history', path: /history$/ },
  { resource: 'document_comments', stream: 'document_comments', path: /comments$/ },
  { resource: 'pull_request_comments', stream: 'pull_request_comments', path: /comments$/ },
])('a first load of $stream is planned at what it then costs', async ({ resource, stream, path }) => {
  const planned = await plan([stream]);
  space.requestsOf(/./);
  await space.read({ streams: [stream] });
  const actual = space.requestsOf(path).length;
  expect(actual).toBeGreaterThan(0);
  expect(planned.get(resource)).toBe(actual);
});
