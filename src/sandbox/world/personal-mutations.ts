import { found } from './lookup.ts';
import type { NotificationRecord, NotificationSubject, RecentlyViewed, Viewed, Watching } from './personal.ts';
import { historyOf, now, type WorldData } from './world-data.ts';

export interface NewNotification {
  readonly userId: number;
  readonly reason: number;
  readonly projectId: number;
  readonly about: NotificationSubject;
  readonly senderId?: number;
}

export interface PersonalMutations {
  watchIssue(userId: number, issueId: number, note?: string | null): Watching;
  unwatch(watchingId: number): void;
  notify(notification: NewNotification): NotificationRecord;
  markNotificationsRead(userId: number): void;
  viewIssue(userId: number, issueId: number): void;
  viewProject(userId: number, projectId: number): void;
  viewWiki(userId: number, wikiId: number): void;
}

export function personalMutations(data: WorldData): PersonalMutations {
  return {
    watchIssue: (userId, issueId, note = null) => watchIssue(data, userId, issueId, note),
    unwatch: (id) => {
      found(data.watchings, id, 'watching');
      data.watchings.delete(id);
    },
    notify: ({ senderId = data.space.ownerId, ...given }) => {
      const id = data.ids.next('notification');
      const unread = { alreadyRead: false, resourceAlreadyRead: false };
      const notification = { id, ...given, ...unread, senderId, created: now(data) };
      data.notifications.set(id, notification);
      return notification;
    },
    markNotificationsRead: (userId) => {
      for (const notification of data.notifications.values())
        if (notification.userId === userId)
          data.notifications.set(notification.id, { ...notification, alreadyRead: true });
    },
    viewIssue: (userId, issueId) => view(data, userId, 'issues', historyOf(data, issueId).issue.id),
    viewProject: (userId, projectId) => view(data, userId, 'projects', found(data.projects, projectId, 'project').id),
    viewWiki: (userId, wikiId) => view(data, userId, 'wikis', found(data.wikis, wikiId, 'wiki').id),
  };
}

const NOTHING_VIEWED: RecentlyViewed = { issues: [], projects: [], wikis: [] };

export function viewedBy(data: WorldData, userId: number): RecentlyViewed {
  return data.recentlyViewed.get(userId) ?? NOTHING_VIEWED;
}

function watchIssue(data: WorldData, userId: number, issueId: number, note: string | null): Watching {
  const time = now(data);
  const watching = {
    id: data.ids.next('watching'),
    userId: found(data.users, userId, 'user').id,
    issueId: historyOf(data, issueId).issue.id,
    note,
    alreadyRead: false,
    resourceAlreadyRead: false,
    created: time,
    updated: time,
  };
  data.watchings.set(watching.id, watching);
  return watching;
}

function view(data: WorldData, userId: number, list: keyof RecentlyViewed, id: number): void {
  const viewed = viewedBy(data, userId);
  const newest: Viewed = { id, updated: now(data) };
  const others = viewed[list].filter((each) => each.id !== id);
  data.recentlyViewed.set(userId, { ...viewed, [list]: [newest, ...others] });
}
