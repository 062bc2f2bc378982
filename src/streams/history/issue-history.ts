import type { Comment } from '../comments/comment.ts';
import type { ChildResource } from '../resource.ts';
import type { Entry } from '../stream.ts';
import { historyFields } from './history-entry.ts';
import { type NameResolver, nameResolver } from './name-resolver.ts';

/** What comments changed, with the values in columns of their types and the names resolved as far as they are known. */
export const issueHistory: ChildResource<Comment> = {
  name: 'issue_history',
  partOf: { column: 'comment_id', field: 'id' },
  replication: {
    method: 'INCREMENTAL',
    key: 'changed',
    changes: 'with the comments',
    deletions: 'with the comments',
    requests: '1 per list of names in each project with changes, beside those of `issue_comments`',
  },
  streams: [{ name: 'issue_history', selectedByDefault: false }],
  open(reader) {
    const resolvers = new Map<number, NameResolver>();
    const resolverOf = (project: number) => {
      const resolver = resolvers.get(project) ?? nameResolver(reader, project);
      resolvers.set(project, resolver);
      return resolver;
    };
    return {
      concerns: ({ changeLog }) => (changeLog ?? []).length > 0,
      async *read(comment) {
        yield { all: await entriesOf(comment, resolverOf(Number(comment.parents.project_id))) };
      },
      details: () => ({}),
    };
  },
};

async function entriesOf({ fields, parents }: Entry<Comment>, resolve: NameResolver): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const [position, change] of (fields.changeLog ?? []).entries()) {
    const changed = await historyFields(change, resolve);
    if (changed === undefined) continue;
    const { created, createdUser } = fields;
    const row = { ...changed, changed: created, changedBy: createdUser };
    entries.push({ fields: row, parents: { ...parents, comment_id: fields.id, position } });
  }
  return entries;
}
