// @ts-check
/**
 * What the price is: requests of a first load, of a run with nothing changed and of a run with one percent changed,
 * beside the least that the API allows. The least is worked out from what the sandbox holds and from the sizes of the
 * API's pages, not from the code that reads. With BENCH_PATHS=1 it also tells which paths were asked.
 */
import { createClient } from '../dist/backlog/create-client.js';
import { silentLogger } from '../dist/runtime/log.js';
import { startSandbox } from '../dist/sandbox/sandbox.js';
import { readStreams } from '../dist/tap/tap.js';
import { PRICED_STREAMS, PROJECT_LISTS } from './priced-streams.js';

const SIZE = {
  projects: 10,
  issues: 20_000,
  commentsPerIssue: 3,
  wikis: 500,
  documents: 500,
  pullRequests: 1000,
};

/** Times the least. */
const MOST = 1.02;

/** Requests per minute in each budget of a paid plan, as Nulab gives them for example. */
const PER_MINUTE = { read: 600, search: 150 };

const PAGE = 100;

/** Requests that read a list to its end: a full page does not say that it is the last. @param {number} length */
const pages = (length) => Math.floor(length / PAGE) + 1;

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** @typedef {{ read: number, search: number }} Cost */
/** @typedef {import('../dist/sandbox/world/world.js').World} World */

export async function requests() {
  const clock = clockAt('2026-06-15T12:00:00Z');
  const sandbox = await startSandbox({ seed: SIZE, budgets: { read: 1e9, search: 1e9 }, clock });
  try {
    const { world } = sandbox;
    /** @type {{ last: unknown }} */
    const states = { last: undefined };
    const run = (settings = {}) => countedRun(sandbox, clock, states, settings);
    const rows = [];
    rows.push(...compare('first load', leastOfFirstLoad(world), await run()));
    clock.advance(60);
    rows.push(...compare('nothing changed', leastOfQuietRun(world), await run()));
    clock.advance(60);
    await run({ mastersEveryHours: 24 });
    clock.advance(60);
    rows.push(
      ...compare('nothing changed, lists once a day', { search: 0, read: 2 }, await run({ mastersEveryHours: 24 })),
    );
    clock.advance(60);
    const changed = changeOnePercent(world);
    clock.advance(60);
    rows.push(...compare('1 % changed', leastOfChanges(world, changed), await run()));
    console.table(rows);
    const wasteful = rows.filter((row) => !isCheap(row));
    for (const { run, budget, ratio } of wasteful)
      console.log(`${run}, ${budget}: ${ratio} of the minimum is too much`);
    return wasteful.length === 0;
  } finally {
    await sandbox.close();
  }
}

/**
 * Of all requests together two percent more than the least are too many; of those in one budget only if they make the
 * run last another minute.
 * @param {{ budget: string, minimum: number, actual: number }} row
 */
function isCheap({ budget, minimum, actual }) {
  if (actual <= MOST * minimum) return true;
  if (budget !== 'read' && budget !== 'search') return false;
  const minutes = (/** @type {number} */ requests) => Math.ceil(requests / PER_MINUTE[budget]);
  return minutes(actual) <= minutes(minimum);
}

/** @param {World} world @returns {Cost} */
function leastOfFirstLoad(world) {
  const heads = [...world.issues.heads()];
  const commented = heads.filter(({ created, updated }) => updated > created);
  const repositories = [...world.repositories.values()];
  const pulls = [...world.pullRequests.values()];
  const lists = repositories.map(({ id }) => pages(pulls.filter(({ repositoryId }) => repositoryId === id).length));
  const documents = [...world.documents.values()].filter(({ trashed }) => !trashed);
  return {
    search: pages(heads.length) + world.projects.size,
    read:
      leastOfQuietRun(world).read +
      sum(commented.map(({ id }) => pages(world.issues.history(id)?.comments.length ?? 0))) +
      2 * world.wikis.size +
      pages(documents.length) +
      documents.length +
      sum(lists) +
      sum(pulls.map(({ comments }) => pages(comments.length))),
  };
}

/** The feed once, and the lists that have no other way. @param {World} world @returns {Cost} */
function leastOfQuietRun({ projects }) {
  return { search: 0, read: 1 + 1 + PROJECT_LISTS.length * projects.size };
}

/** @typedef {{ issues: number[], wikis: number[], documents: string[], pulls: number[], activities: number }} Changed */

/** @param {World} world @returns {Changed} */
function changeOnePercent(world) {
  // Things go to the projects by turns; a step of 101 finds some in each.
  const every = (/** @type {Iterable<any>} */ things) => [...things].filter((_, place) => place % 101 === 0);
  const issues = every(world.issues.heads()).map(({ id }) => id);
  for (const id of issues) world.updateIssue(id, { summary: 'changed' });
  const wikis = every(world.wikis.values()).map(({ id }) => id);
  for (const id of wikis) world.updateWiki(id, { content: 'changed' });
  // Their ids look random, so that their order goes from project to project.
  const shown = [...world.documents.values()].filter(({ trashed }) => !trashed).map(({ id }) => id);
  const documents = every(shown.sort());
  for (const id of documents) world.updateDocument(id, { plain: 'changed' });
  const pulls = every(world.pullRequests.values()).map(({ id }) => id);
  for (const id of pulls) world.addPullRequestComment(id, { content: 'changed' });
  const activities = issues.length + wikis.length + documents.length + pulls.length;
  return { issues, wikis, documents, pulls, activities };
}

/**
 * The feed tells what has changed. Issues and documents come with all they have in lists of all projects; of wiki
 * pages the page and its history have to be asked, of pull requests their own page, or the whole list of the repository
 * where that is shorter, and the comments.
 * @param {World} world @param {Changed} changed @returns {Cost}
 */
function leastOfChanges(world, { issues, wikis, documents, pulls, activities }) {
  const commentsOf = (/** @type {number} */ id) => pages(world.issues.history(id)?.comments.length ?? 0);
  return {
    search: pages(issues.length),
    read:
      leastOfQuietRun(world).read -
      1 +
      pages(activities) +
      sum(issues.map(commentsOf)) +
      2 * wikis.length +
      pages(documents.length) +
      leastOfPulls(world, pulls) +
      pulls.length,
  };
}

/** @param {World} world @param {number[]} changed */
function leastOfPulls({ pullRequests, repositories }, changed) {
  const repositoryOf = (/** @type {number} */ id) => pullRequests.get(id)?.repositoryId;
  const all = [...pullRequests.keys()];
  return sum(
    [...repositories.keys()].map((repository) => {
      const isIn = (/** @type {number} */ id) => repositoryOf(id) === repository;
      return Math.min(changed.filter(isIn).length, pages(all.filter(isIn).length));
    }),
  );
}

/**
 * @param {import('../dist/sandbox/sandbox.js').Sandbox} sandbox
 * @param {ReturnType<typeof clockAt>} clock
 * @param {{ last: any }} states
 * @param {import('../dist/tap/tap.js').TapSettings} settings
 */
async function countedRun({ url, apiKey, requests: log }, clock, states, settings) {
  const before = log.length;
  const tools = { clock, log: silentLogger, environment: {} };
  const client = createClient({ url, apiKey, budgetShare: 1 }, tools);
  const selection = PRICED_STREAMS.map((name) => ({ name }));
  const state = states.last;
  const reading = readStreams({ client, selection, settings, clock, log: silentLogger, ...(state && { state }) });
  for await (const messages of reading)
    for (const message of messages) if (message.type === 'state') states.last = message.value;
  await client.close();
  return log.slice(before);
}

/** @param {string} run @param {Cost} least @param {readonly { rateClass: string, path: string }[]} made */
function compare(run, least, made) {
  if (process.env.BENCH_PATHS) console.table(byPath(made));
  const count = (/** @type {string} */ budget) => made.filter(({ rateClass }) => rateClass === budget).length;
  const line = (/** @type {string} */ budget, /** @type {number} */ minimum, /** @type {number} */ actual) => ({
    ...{ run, budget, minimum, actual },
    ratio: actual === minimum ? 1 : Number((actual / Math.max(1, minimum)).toFixed(3)),
  });
  return [
    line('search', least.search, count('search')),
    line('read', least.read, count('read')),
    line('all', least.search + least.read, made.length),
  ];
}

/** Requests by path, with a star for each number or id. @param {readonly { path: string }[]} made */
function byPath(made) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { path } of made) {
    const kind = path.replace(/\/(\d+|[0-9a-f]{32})(?=\/|$)/g, '/*');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** @param {string} start */
function clockAt(start) {
  let time = Date.parse(start);
  return {
    now: () => time,
    advance: (/** @type {number} */ minutes) => {
      time += minutes * 60_000;
    },
    sleep: async (/** @type {number} */ milliseconds) => {
      time += milliseconds;
    },
  };
}
