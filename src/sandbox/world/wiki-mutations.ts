import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, stamp, touch } from './authorship.ts';
import { found, without } from './lookup.ts';
import type { Attachment, Star } from './records.ts';
import { wikiUrl } from './web-address.ts';
import type { Tag, WikiPage } from './wiki.ts';
import { logActivity, now, type WorldData } from './world-data.ts';

export interface NewWiki extends Authorship {
  readonly projectId: number;
  readonly name: string;
  readonly content: string;
  readonly tags?: readonly string[];
}

export interface WikiChanges {
  readonly name?: string;
  readonly content?: string;
  readonly tags?: readonly string[];
}

export interface WikiMutations {
  createWiki(page: NewWiki): WikiPage;
  /** Adds a version to the page's history. */
  updateWiki(id: number, changes: WikiChanges, userId?: number): WikiPage;
  deleteWiki(id: number): void;
  starWiki(id: number, presenterId?: number): Star;
  addWikiAttachment(id: number, file: { readonly name: string; readonly size: number }): Attachment;
  deleteWikiAttachment(id: number, attachmentId: number): void;
  linkWikiFile(id: number, sharedFileId: number): WikiPage;
  unlinkWikiFile(id: number, sharedFileId: number): WikiPage;
}

export function wikiMutations(data: WorldData): WikiMutations {
  const change = (id: number, edit: (page: WikiPage) => Partial<WikiPage>) => {
    const page = found(data.wikis, id, 'wiki');
    const changed = { ...page, ...edit(page) };
    data.wikis.set(id, changed);
    return changed;
  };
  return {
    createWiki: (page) => createWiki(data, page),
    updateWiki: (id, changes, userId) => updateWiki(data, id, changes, userId),
    deleteWiki: (id) => deleteWiki(data, id),
    starWiki: (id, presenterId = data.space.ownerId) => {
      const star = newStar(data, found(data.wikis, id, 'wiki'), presenterId);
      change(id, ({ stars }) => ({ stars: [...stars, star] }));
      return star;
    },
    addWikiAttachment: (id, file) => {
      const { createdUserId, created } = stamp(data, {});
      const attachment = { id: data.ids.next('attachment'), ...file, createdUserId, created };
      change(id, ({ attachments }) => ({ attachments: [...attachments, attachment] }));
      return attachment;
    },
    deleteWikiAttachment: (id, attachmentId) => {
      change(id, ({ attachments }) => ({ attachments: without(attachments, attachmentId) }));
    },
    linkWikiFile: (id, fileId) => change(id, ({ sharedFileIds }) => ({ sharedFileIds: [...sharedFileIds, fileId] })),
    unlinkWikiFile: (id, fileId) =>
      change(id, ({ sharedFileIds }) => ({ sharedFileIds: sharedFileIds.filter((each) => each !== fileId) })),
  };
}

/** Tags that are in use in the project. */
export function wikiTags(data: WorldData, projectId: number): readonly Tag[] {
  const pages = [...data.wikis.values()].filter((page) => page.projectId === projectId);
  const tags = new Map(pages.flatMap((page) => page.tags).map((tag) => [tag.id, tag]));
  return [...tags.values()].sort((one, other) => one.id - other.id);
}

function createWiki(data: WorldData, { projectId, name, content, tags, ...authorship }: NewWiki): WikiPage {
  const author = stamp(data, authorship);
  const { createdUserId, created } = author;
  const page: WikiPage = {
    id: data.ids.next('wiki'),
    projectId,
    name,
    content,
    tags: tagsNamed(data, projectId, tags ?? []),
    attachments: [],
    sharedFileIds: [],
    stars: [],
    ...author,
    versions: [{ version: 1, name, content, createdUserId, created }],
  };
  data.wikis.set(page.id, page);
  if (authorship.created === undefined) tell(data, ACTIVITY.wikiCreated, page);
  return page;
}

function updateWiki(data: WorldData, id: number, changes: WikiChanges, userId?: number): WikiPage {
  const before = found(data.wikis, id, 'wiki');
  const { name = before.name, content = before.content } = changes;
  const touched = touch(data, userId);
  const version = (before.versions.at(-1)?.version ?? 0) + 1;
  const written = { version, name, content, createdUserId: touched.updatedUserId, created: touched.updated };
  const tags = changes.tags === undefined ? before.tags : tagsNamed(data, before.projectId, changes.tags);
  const page = { ...before, name, content, tags, ...touched, versions: [...before.versions, written] };
  data.wikis.set(id, page);
  tell(data, ACTIVITY.wikiUpdated, page);
  return page;
}

function deleteWiki(data: WorldData, id: number): void {
  const page = found(data.wikis, id, 'wiki');
  data.wikis.delete(id);
  tell(data, ACTIVITY.wikiDeleted, { ...page, ...touch(data, undefined) });
}

function tell(data: WorldData, type: ActivityType, page: WikiPage): void {
  const { id, name, content, updatedUserId, updated } = page;
  const version = page.versions.at(-1)?.version ?? null;
  const diff = type === ACTIVITY.wikiUpdated ? `@@ -1 +1 @@\n+${content}` : null;
  logActivity(data, {
    projectId: page.projectId,
    type,
    content: { id, name, content, diff, version, attachments: [], shared_files: [] },
    createdUserId: updatedUserId,
    created: updated,
  });
}

function tagsNamed(data: WorldData, projectId: number, names: readonly string[]): readonly Tag[] {
  const known = wikiTags(data, projectId);
  return names.map((name) => known.find((tag) => tag.name === name) ?? { id: data.ids.next('tag'), name });
}

function newStar(data: WorldData, page: WikiPage, presenterId: number): Star {
  return {
    id: data.ids.next('star'),
    comment: null,
    url: wikiUrl(page.id),
    title: page.name,
    presenterId,
    created: now(data),
  };
}
