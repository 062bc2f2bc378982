import type { Row } from '../../src/message/value.ts';
import type { WikiPage } from '../../src/sandbox/world/wiki.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { attachmentColumns, authored, instant, NONE, person, starColumns } from '../tap/expected-columns.ts';
import type { Expectations } from './expected-families.ts';

export const wikiExpectations: Expectations = {
  wiki_pages: perPage((world, page) => [
    {
      ...{ id: page.id, project_id: page.projectId, name: page.name, content: page.content },
      ...authored(world, page),
      ...NONE,
    },
  ]),
  wiki_page_tags: perPage((_, page) => page.tags.map(({ id, name }) => ({ ...parents(page), id, name, ...NONE }))),
  wiki_page_attachments: perPage((world, page) =>
    page.attachments.map((attachment) => ({ ...parents(page), ...attachmentColumns(world, attachment) })),
  ),
  wiki_page_linked_shared_files: perPage((world, page) =>
    page.sharedFileIds.flatMap((fileId) => {
      const file = world.sharedFiles.get(fileId);
      if (!file) return [];
      const { id, type, dir, name, size } = file;
      return [{ ...parents(page), ...{ id, type, dir, name, size }, ...authored(world, file), ...NONE }];
    }),
  ),
  wiki_page_stars: perPage((world, page) =>
    page.stars.map((star) => ({ ...parents(page), ...starColumns(world, star) })),
  ),
  wiki_page_history: perPage((world, page) =>
    page.versions.map(({ version, name, content, createdUserId, created }) => ({
      ...{ page_id: page.id, project_id: page.projectId, version, name, content },
      ...person(world, 'created_user', createdUserId),
      created: instant(created),
      ...NONE,
    })),
  ),
};

function perPage(rows: (world: World, page: WikiPage) => readonly Row[]) {
  return (world: World) => [...world.wikis.values()].flatMap((page) => rows(world, page));
}

function parents({ id, projectId }: WikiPage) {
  return { wiki_page_id: id, project_id: projectId };
}
