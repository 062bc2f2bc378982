import { afterEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { query } from './database.ts';
import { FLAVOURS, JobFolder } from './job-folder.ts';

/** A minute of Backlog's, scaled down; a busy machine too makes so many requests in it many times over. */
const WINDOW_SECONDS = 3;
const BUDGETS = { read: 120, search: 30 };
const SHARE = 0.9;
/** The client's default. */
const IN_FLIGHT = 4;

let sandbox: Sandbox;
const folder = new JobFolder();

afterEach(async () => {
  await sandbox.close();
  folder[Symbol.dispose]();
});

/** How many requests of a class fell into each window, oldest first. */
function requestsByWindow(rateClass: 'read' | 'search'): number[] {
  const counts = new Map<number, number>();
  for (const entry of sandbox.requests) {
    if (entry.rateClass !== rateClass) continue;
    const window = Math.floor(entry.time / (WINDOW_SECONDS * 1000));
    counts.set(window, (counts.get(window) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([, count]) => count);
}

describe('a first load under Backlog’s rate limits', () => {
  it('spends its share of each window, waits for the next, and is never refused', async () => {
    sandbox = await startSandbox({
      seed: { projects: 2, issues: 500, commentsPerIssue: 2 },
      budgets: BUDGETS,
      windowSeconds: WINDOW_SECONDS,
    });
    const connection = `APIKey=${sandbox.apiKey};URL=${sandbox.url};BudgetShare=${SHARE};`;
    folder.write(FLAVOURS.java(connection, folder.database), 'REPLICATE Issues; REPLICATE IssueComments;');

    await folder.sync();

    expect(query(folder.database, 'SELECT count(*) AS n FROM Issues')).toEqual([{ n: 500 }]);
    expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
    const reads = requestsByWindow('read');
    const perWindow = BUDGETS.read * SHARE;
    // The share is counted when a request is sent; those in flight at the end of a window may count for the next one.
    expect(Math.max(...reads)).toBeLessThanOrEqual(perWindow + IN_FLIGHT);
    // The first window is entered somewhere in its middle and the last one is not filled; all between are.
    expect(reads.length).toBeGreaterThan(3);
    for (const full of reads.slice(1, -1)) expect(full).toBeGreaterThanOrEqual(perWindow - IN_FLIGHT);
  });
});
