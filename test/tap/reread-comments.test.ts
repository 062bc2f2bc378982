import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TapSettings } from '../../src/tap/tap.ts';
import { expectedRows } from './expected-rows.ts';
import { Replica } from './replica.ts';
import { openSpace, type TestSpace } from './test-space.ts';

const STREAMS = ['issues', 'issue_comments', 'issue_comment_change_log', 'issue_comment_stars'];
const DAYS = 24 * 60;

let space: TestSpace;
let replica: Replica;

beforeEach(async () => {
  space = await openSpace({ seed: { projects: 2, issues: 20, commentsPerIssue: 1 } });
  replica = new Replica();
});

afterEach(() => space[Symbol.asyncDispose]());

async function run(settings: TapSettings = {}, streams = STREAMS): Promise<void> {
  space.clock.advance(60);
  space.requestsOf(/./);
  await space.readInto(replica, { streams, settings });
}

const commentsAsked = () => space.requestsOf(/comments$/).length;

/** An issue of the first project, or the last, with so many comments, the last thing that happened to it. */
function discussedIssue(comments: number, place: number): number {
  const { world } = space.sandbox;
  const id = [...world.issues.heads()].at(place)?.id ?? 0;
  for (let count = 0; count < comments; count++) world.addComment(id, { content: `${count}` });
  return id;
}

function removeOldest(issue: number): void {
  const { world } = space.sandbox;
  const comment = world.issues.history(issue)?.comments.find(({ changeLog }) => changeLog.length === 0);
  world.deleteComment(issue, comment?.id ?? 0);
}

function expectSpace(): void {
  for (const stream of STREAMS) expect(replica.rows(stream)).toEqual(expectedRows(space.sandbox.world, stream));
}

test('comments deleted from issues that did not change since are found for as many days as the setting says', async () => {
  const short = discussedIssue(3, 0);
  const long = discussedIssue(230, -1);
  await run();
  for (const issue of [short, long]) removeOldest(issue);
  await run();
  expect(commentsAsked()).toBe(0);
  expect(replica.rows('issue_comments')).not.toEqual(expectedRows(space.sandbox.world, 'issue_comments'));

  await run({ rereadCommentsDays: 7 });

  expect(commentsAsked()).toBe(1 + 3);
  expectSpace();
});

test('so are edited ones, however many newer ones there are', async () => {
  const { world } = space.sandbox;
  const issue = discussedIssue(150, 0);
  await run();
  const [oldest] = world.issues.history(issue)?.comments.filter(({ content }) => content === '0') ?? [];
  world.updateComment(issue, oldest?.id ?? 0, 'on second thoughts');
  await run({ rereadCommentsDays: 7 });
  expectSpace();
});

test('issues that were last changed before that are not asked again', async () => {
  const issue = discussedIssue(3, 0);
  await run();
  space.clock.advance(10 * DAYS);
  removeOldest(issue);
  await run({ rereadCommentsDays: 7 });
  expect(commentsAsked()).toBe(0);
  expect(replica.rows('issue_comments')).not.toEqual(expectedRows(space.sandbox.world, 'issue_comments'));
  await run({ rereadCommentsDays: 12 });
  expectSpace();
});

test('nothing is read again where no comments are selected', async () => {
  discussedIssue(3, 0);
  const settings = { rereadCommentsDays: 30 };
  await run(settings, ['issues']);
  await run(settings, ['issues']);
  expect(space.requestsOf(/issues/)).toEqual([]);
});

test('an interrupted one is done by the next run', async () => {
  const issues = [discussedIssue(3, 0), discussedIssue(3, -1), discussedIssue(3, 7)];
  await run();
  for (const issue of issues) removeOldest(issue);
  space.clock.advance(60);
  const settings = { rereadCommentsDays: 7 };
  for (const messages of [8, 12, 20]) await space.readInto(replica, { streams: STREAMS, settings }, messages);
  await run(settings);
  expectSpace();
  await run();
  expectSpace();
});
