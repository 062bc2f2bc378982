import { pagesByOffset, readByOffset } from '../../backlog/paging.ts';
import { exactly } from '../estimates.ts';
import type { Resource } from '../resource.ts';
import { type ApiObject, type Entry, entriesOf } from '../stream.ts';
import { ownId } from './own-id.ts';

type Watching = ApiObject & {
  readonly id: number;
  readonly issue?: ApiObject | null;
};

/** https://developer.nulab.com/docs/backlog/api/2/get-watching-list/; of the issue only the id stays. */
export const watchings: Resource<Watching> = {
  name: 'watchings',
  sliceBy: 'space',
  replication: { method: 'FULL_TABLE', requests: '2, and 1 per further 99' },
  streams: [
    {
      name: 'watchings',
      selectedByDefault: false,
      entries: ({ fields: { issue, ...fields }, parents }) => [
        { fields: { ...fields, issue: issue && { id: issue.id } }, parents },
      ],
    },
  ],
  async *read(reader) {
    const user = await ownId(reader);
    const pages = readByOffset<Watching>({
      fetchPage: (offset, count) =>
        reader.get(`/users/${user}/watchings`, { sort: 'created', order: 'asc', offset, count }),
      idOf: ({ id }) => id,
    });
    for await (const page of pages) yield { entries: entriesOf(page, { user_id: user }) as readonly Entry<Watching>[] };
    yield { entries: [], complete: true };
  },
  async estimate(reader) {
    const user = await ownId(reader);
    const { count } = await reader.get<{ readonly count: number }>(`/users/${user}/watchings/count`);
    return exactly({ read: 1 + pagesByOffset(count) });
  },
};
