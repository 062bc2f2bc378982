import { ACTIVITY } from '../world/activity.ts';
import { NOTIFICATION_REASON } from '../world/personal.ts';
import { logActivity } from '../world/world-data.ts';
import type { Scribe } from './scribe.ts';

/** How the projects began: who joined, which teams, which milestones, which webhooks. */
export function seedBeginnings(scribe: Scribe): void {
  const { world, past } = scribe;
  const userIds = [...world.users.keys()];
  past.goTo(0);
  const teams = [
    world.createTeam({ name: '開発チーム', memberIds: userIds.slice(0, 3) }),
    world.createTeam({ name: 'Design & QA', memberIds: userIds.slice(2, 4) }),
  ];
  for (let index = 0; index < scribe.projectCount; index += 1) {
    const { record, masters } = scribe.projectFor(index);
    past.goTo(0.01);
    for (const userId of record.memberIds) world.joinProject(record.id, userId);
    world.addProjectTeam(record.id, teams[index % teams.length]?.id ?? 0);
    for (const version of masters.versions) tellOfVersion(scribe, version);
    world.createWebhook({ projectId: record.id, name: 'チャット連携', hookUrl: 'https://hooks.example.test/backlog' });
    world.createWebhook({
      projectId: record.id,
      name: 'CI',
      description: 'pushes only',
      hookUrl: 'https://ci.example.test/?a=1&b=2',
      activityTypeIds: [ACTIVITY.gitPushed],
    });
  }
}

function tellOfVersion(
  { world }: Scribe,
  version: { readonly projectId: number; readonly id: number; readonly name: string },
): void {
  const { projectId, id, name } = version;
  const content = { id, name, start_date: null, reference_date: null, description: '' };
  const createdUserId = world.space.ownerId;
  logActivity(world, { projectId, type: ACTIVITY.versionCreated, content, createdUserId, created: world.clock.now() });
}

/** What was there once and is gone now: the feed remembers it. */
export function seedFarewells({ world, past, projectFor }: Scribe): void {
  const projectId = projectFor(0).record.id;
  past.goTo(0.5);
  world.deleteWiki(world.createWiki({ projectId, name: '没案', content: '使わなかった案' }).id);
  world.deleteDocument(world.createDocument({ projectId, title: '下書き', plain: '…' }).id);
  world.deleteSharedFile(world.addSharedFile({ projectId, dir: '/', name: 'old.zip', size: 9 }).id);
  world.deleteVersion(projectId, world.addVersion(projectId, { name: '中止' }).id);
}

/** Lists of their own: what people watch, were told of and looked at lately. */
export function seedPersonalLists(scribe: Scribe): void {
  const { world, past } = scribe;
  const people = [...world.users.keys()].slice(0, 3);
  for (const [order, userId] of people.entries()) {
    past.goTo(0.9 + order / 100);
    for (let index = 0; index < scribe.projectCount; index += 1) {
      const projectId = scribe.projectFor(index).record.id;
      world.viewProject(userId, projectId);
      for (const keyId of [1 + order, 4 + order]) seedInterest(scribe, userId, projectId, keyId);
    }
    for (const wiki of [...world.wikis.values()].slice(0, 2)) world.viewWiki(userId, wiki.id);
  }
}

function seedInterest({ world }: Scribe, userId: number, projectId: number, keyId: number): void {
  const issueId = world.issues.idOfKey(projectId, keyId);
  if (issueId === undefined) return;
  world.viewIssue(userId, issueId);
  world.watchIssue(userId, issueId, keyId % 2 === 0 ? 'あとで確認 👀' : null);
  const senderId = [...world.users.keys()][1] ?? userId;
  world.notify({ userId, reason: NOTIFICATION_REASON.assigned, projectId, about: { issueId }, senderId });
}
