import { type Authorship, stamp, touch } from './authorship.ts';
import { found } from './lookup.ts';
import type { Licence, SpaceNotification, Webhook } from './space.ts';
import { now, type WorldData } from './world-data.ts';

export interface NewWebhook extends Authorship {
  readonly projectId: number;
  readonly name: string;
  readonly hookUrl: string;
  readonly description?: string | null;
  /** All of them, if absent. */
  readonly activityTypeIds?: readonly number[];
}

export interface SpaceMutations {
  /** Switches parts of the plan on and off: `attribute` stands for custom fields. */
  changeLicence(changes: Partial<Licence>): Licence;
  changeSpaceNotification(content: string): SpaceNotification;
  createWebhook(webhook: NewWebhook): Webhook;
  updateWebhook(id: number, changes: Partial<Pick<Webhook, 'name' | 'description' | 'hookUrl'>>): Webhook;
  deleteWebhook(id: number): void;
}

export function spaceMutations(data: WorldData): SpaceMutations {
  return {
    changeLicence: (changes) => {
      data.licence = { ...data.licence, ...changes };
      return data.licence;
    },
    changeSpaceNotification: (content) => {
      data.notice = { content, updated: now(data) };
      return data.notice;
    },
    createWebhook: ({ projectId, name, hookUrl, description = null, activityTypeIds, ...authorship }) => {
      const webhook = {
        id: data.ids.next('webhook'),
        projectId,
        name,
        description,
        hookUrl,
        allEvent: activityTypeIds === undefined,
        activityTypeIds: activityTypeIds ?? [],
        ...stamp(data, authorship),
      };
      data.webhooks.set(webhook.id, webhook);
      return webhook;
    },
    updateWebhook: (id, changes) => {
      const webhook = { ...found(data.webhooks, id, 'webhook'), ...changes, ...touch(data, undefined) };
      data.webhooks.set(id, webhook);
      return webhook;
    },
    deleteWebhook: (id) => {
      found(data.webhooks, id, 'webhook');
      data.webhooks.delete(id);
    },
  };
}
