import { readByOffset } from '../../backlog/paging.ts';
import { exactly } from '../estimates.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, type Entry, entriesOf, type Stream } from '../stream.ts';
import { ownId } from './own-id.ts';

interface Viewed {
  readonly what: 'issue' | 'project' | 'page';
  readonly path: string;
  readonly stream: Stream;
}

type View = ApiObject & { readonly updated: string };

/** What the owner of the key looked at, newest first; looking again moves a thing to the front. */
function recentlyViewed({ what, path, stream }: Viewed): Resource {
  return {
    name: stream.name,
    sliceBy: 'space',
    replication: { method: 'FULL_TABLE', requests: '2, and 1 per further 99' },
    streams: [stream],
    async *read(reader) {
      const parents = { user_id: await ownId(reader) };
      const pages = readByOffset<View>({
        fetchPage: (offset, count) => reader.get(`/users/myself/${path}`, { order: 'desc', offset, count }),
        idOf: (view) => Number((view[what] as ApiObject).id),
      });
      for await (const page of pages) yield { entries: entriesOf(page, parents) };
      yield { entries: [], complete: true };
    },
    estimate: async () => exactly({ read: 2 }),
  };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-recently-viewed-issues/ */
const issues = recentlyViewed({
  what: 'issue',
  path: 'recentlyViewedIssues',
  stream: {
    name: 'user_recently_viewed_issues',
    selectedByDefault: false,
    elsewhere: [
      'issue.category',
      'issue.milestone',
      'issue.versions',
      'issue.attachments',
      'issue.sharedFiles',
      'issue.externalFileLinks',
      'issue.stars',
      'issue.issueType.templateSummary',
      'issue.issueType.templateDescription',
    ],
  },
});

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-recently-viewed-projects/ */
const projects = recentlyViewed({
  what: 'project',
  path: 'recentlyViewedProjects',
  stream: { name: 'user_recently_viewed_projects', selectedByDefault: false },
});

/** https://developer.nulab.com/docs/backlog/api/2/get-list-of-recently-viewed-wikis/; what the API calls a page is a wiki page. */
const wikiPages = recentlyViewed({
  what: 'page',
  path: 'recentlyViewedWikis',
  stream: {
    name: 'user_recently_viewed_wiki_pages',
    selectedByDefault: false,
    elsewhere: ['wikiPage.tags', 'wikiPage.content', 'wikiPage.attachments', 'wikiPage.sharedFiles', 'wikiPage.stars'],
    entries: ({ fields: { page, ...fields }, parents }): readonly Entry[] => [
      { fields: { ...fields, wikiPage: page }, parents },
    ],
  },
});

export const recentlyViewedResources: readonly Resource[] = [issues, projects, wikiPages];
