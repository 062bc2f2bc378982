import { readById } from '../../backlog/paging.ts';
import { changedSince } from '../changed-since.ts';
import { instantOf } from '../instant.ts';
import type { ChildResource } from '../resource.ts';
import type { ApiObject, Entry } from '../stream.ts';
import type { WikiPage } from './wiki-page.ts';
import { readingFrom } from './wiki-walk.ts';

type WikiVersion = ApiObject & {
  readonly version: number;
  readonly created: string;
};

/** https://developer.nulab.com/docs/backlog/api/2/get-wiki-page-history/; versions never change, newest come first. */
export const wikiHistory: ChildResource<WikiPage, WikiVersion> = {
  name: 'wiki_page_history',
  partOf: { column: 'page_id', field: 'id' },
  lasting: true,
  replication: {
    method: 'INCREMENTAL',
    key: 'created',
    changes: 'new versions of changed pages',
    deletions: 'with their page',
    requests: '1 per changed page and further 100 new versions, beside those of `wiki_pages`',
  },
  streams: [{ name: 'wiki_page_history', selectedByDefault: false }],
  open(reader, cursor) {
    const at = readingFrom(cursor);
    const since = changedSince(reader, at === undefined ? undefined : { at });
    return {
      concerns: ({ updated }) => instantOf(updated) >= since,
      async *read({ fields: page }) {
        const parents = { page_id: page.id, project_id: page.projectId };
        const versions = readById<WikiVersion>({
          fetchPage: (maxId, count) => reader.get(`/wikis/${page.id}/history`, { order: 'desc', maxId, count }),
          idOf: ({ version }) => version,
        });
        for await (const group of versions) {
          const fresh = group.filter(({ created }) => instantOf(created) >= since);
          yield fresh.map((fields): Entry<WikiVersion> => ({ fields, parents }));
          if (fresh.length < group.length) return;
        }
      },
      details: () => ({}),
    };
  },
};
