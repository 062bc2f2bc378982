import { expect, test } from 'vitest';
import { Replica } from './replica.ts';
import { openSpace } from './test-space.ts';

const ASKED = { streams: ['issues', 'issue_categories', 'issue_comments'] };

/** Projects are read side by side: rows of one are committed with states of the other. */
test('what is deleted after a first load was killed goes, wherever that was and whatever its project had stored', async () => {
  for (let messages = 1; messages < 60; messages += 1) {
    await using space = await openSpace({ seed: { projects: 2, issues: 12, commentsPerIssue: 1 } });
    const { world } = space.sandbox;
    const replica = new Replica();
    await space.readInto(replica, ASKED, messages);
    space.clock.advance(60);
    const childless = [...world.issues.heads()].filter(
      ({ id }) => ![...world.issues.heads()].some(({ parentIssueId }) => parentIssueId === id),
    );
    for (const { id } of childless.slice(0, 4)) world.deleteIssue(id);
    space.clock.advance(60);
    await space.readInto(replica, ASKED);
    const held = replica.rows('issues').map(({ id }) => Number(id));
    const wanted = [...world.issues.heads()].map(({ id }) => id);
    expect([messages, new Set(held)]).toEqual([messages, new Set(wanted)]);
  }
});
