import { expect } from 'vitest';
import type { Row } from '../../src/message/value.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { instant, NONE } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const spaceExpectations: Expectations = {
  licenses: ({ space, licence }) => [
    {
      space_key: space.spaceKey,
      ...{ active: licence.active, attribute: licence.attribute, burndown: licence.burndown, gantt: licence.gantt },
      ...{ git: licence.git, subversion: licence.subversion, subversion_external: false },
      ...{ file_sharing: licence.fileSharing, storage_limit: licence.storageLimit },
      ...{ attachment_limit: 0, attachment_limit_per_file: 52_428_800, attachment_num_limit: 100 },
      ...{ attribute_limit: 0, comment_limit: 0, component_limit: 0, issue_limit: 0, project_limit: 100 },
      ...{ user_limit: 0, version_limit: 0, remote_address: false, remote_address_limit: 0 },
      ...{ pull_request_attachment_limit_per_file: 52_428_800, pull_request_attachment_num_limit: 100 },
      ...{ wiki_attachment: licence.wikiAttachment, wiki_attachment_limit_per_file: 52_428_800 },
      ...{ wiki_attachment_num_limit: 100, parent_child_issue: licence.parentChildIssue },
      ...{ grandchild_issue_enabled: true, post_issue_by_mail: true, nulab_account: true },
      ...{ issue_template: null, nulab_apps_integration: null, licence_type_id: 11 },
      ...{ started_on: instant(space.created), limit_date: null, subscribed_on: null, trial_expiry_date: null },
      ...{ payment_id: null, payment_month: null, initial_costs: null, price: 17_600, licence_key: null },
      ...{ created_user_id: space.ownerId, created: instant(space.created) },
      ...{ updated_user_id: null, updated: instant(space.updated), ...NONE },
    },
  ],
  space_notifications: ({ space, notice: { content, updated } }) => [
    { space_key: space.spaceKey, content, updated: updated === null ? null : instant(updated), ...NONE },
  ],
  space_disk_usage: (world) => {
    const usages = [...world.projects.keys()].map((id) => diskUsage(world, id));
    const total = (part: keyof Usage) => usages.reduce((sum, usage) => sum + usage[part], 0);
    const [first] = usages;
    const parts = Object.keys(first ?? {}) as (keyof Usage)[];
    const totals = Object.fromEntries(parts.map((part) => [part, total(part)]));
    return [{ space_key: world.space.spaceKey, capacity: world.licence.storageLimit, ...totals, ...NONE }];
  },
  space_disk_usage_details: projectUsage,
  project_disk_usage: projectUsage,
  rate_limits: () =>
    Object.entries({ icon: 60, read: 1_000_000, search: 1_000_000, update: 150 }).map(([kind, limit]) => ({
      kind,
      limit,
      remaining: expect.any(Number),
      reset: expect.stringMatching(/^2026-06-15T12:/),
      ...NONE,
    })),
};

function projectUsage(world: World): readonly Row[] {
  return [...world.projects.keys()].map((id) => ({ project_id: id, ...diskUsage(world, id), ...NONE }));
}

type Usage = ReturnType<typeof diskUsage>;

function diskUsage(world: World, projectId: number) {
  const issues = [...world.issues.heads()].flatMap(({ id }) => world.issues.history(id)?.issue ?? []);
  const pulls = [...world.pullRequests.values()].filter((pull) => pull.projectId === projectId);
  const files = [...world.sharedFiles.values()].filter((file) => file.projectId === projectId);
  return {
    issue: attached(projectId, issues),
    wiki: attached(projectId, world.wikis.values()),
    document: attached(projectId, world.documents.values()),
    file: files.reduce((sum, { size }) => sum + (size ?? 0), 0),
    subversion: 0,
    git: pulls.length * 10_000,
    git_lfs: 0,
    pull_request: attached(projectId, pulls),
  };
}

/** What has files attached. */
interface Holder {
  readonly projectId: number;
  readonly attachments: readonly { readonly size: number }[];
}

function attached(projectId: number, holders: Iterable<Holder>): number {
  const own = [...holders].filter((holder) => holder.projectId === projectId);
  return own.flatMap(({ attachments }) => attachments).reduce((sum, { size }) => sum + size, 0);
}
