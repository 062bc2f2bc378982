import type { Activity } from '../activities/activity.ts';
import { isObject } from '../column-value.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, entriesOf, type Stream, type StreamName } from '../stream.ts';
import { wikiHistory } from './wiki-history.ts';
import type { WikiPage } from './wiki-page.ts';
import { estimateWikiPages, walkWikiPages } from './wiki-walk.ts';

const CREATED = 5;
const UPDATED = 6;
const DELETED = 7;

/** https://developer.nulab.com/docs/backlog/api/2/get-recent-updates/ shows the page as it was after the change. */
function pageIn({ content }: Activity): string | undefined {
  return isObject(content) && typeof content.id === 'number' ? String(content.id) : undefined;
}

/** A list that each page carries, as a table. */
function partOfPage(
  name: StreamName,
  listOf: (page: WikiPage) => readonly ApiObject[] | null | undefined,
): Stream<WikiPage> {
  return {
    name,
    selectedByDefault: false,
    partOf: { column: 'wiki_page_id', field: 'id' },
    entries: ({ fields }) => entriesOf(listOf(fields), { wiki_page_id: fields.id, project_id: fields.projectId }),
  };
}

/**
 * https://developer.nulab.com/docs/backlog/api/2/get-wiki-page/; a page carries everything but its history. Files,
 * stars and links do not move its `updated`, so they come with its next change.
 */
export const wikis: Resource<WikiPage> = {
  name: 'wiki_pages',
  sliceBy: 'project',
  replication: {
    method: 'INCREMENTAL',
    key: 'updated',
    changes: 'pages with activities of types 5 and 6; once a day, those that changed as the list of all tells',
    deletions: 'activities of type 7',
    requests: '1 per changed page, and once a day 1 in each project with a change of any',
  },
  streams: [
    { name: 'wiki_pages', selectedByDefault: false, elsewhere: ['tags', 'attachments', 'sharedFiles', 'stars'] },
    partOfPage('wiki_page_tags', ({ tags }) => tags),
    partOfPage('wiki_page_attachments', ({ attachments }) => attachments),
    partOfPage('wiki_page_linked_shared_files', ({ sharedFiles }) => sharedFiles),
    partOfPage('wiki_page_stars', ({ stars }) => stars),
  ],
  children: [wikiHistory],
  feed: { changes: [CREATED, UPDATED], itemIn: pageIn, deletions: [DELETED] },
  read: walkWikiPages,
  estimate: estimateWikiPages,
};
