import { type Activity, activityRows } from '../activities/activity.ts';
import { type DatedRow, type ListKind, newRows } from '../new-rows.ts';
import type { ChildResource } from '../resource.ts';
import type { ApiObject, Stream } from '../stream.ts';

/** A list that each user has, newest first. Nothing tells whose list has new rows, so each is asked for in every run. */
function userFeed<T extends DatedRow>(
  path: string,
  kind: ListKind,
  stream: Stream<T>,
  seen: { readonly changes: string; readonly deletions: string },
): ChildResource<ApiObject, T> {
  const requests = '1 per user and further 100 new rows, beside those of `users`';
  return {
    name: stream.name,
    partOf: { column: 'user_id', field: 'id' },
    replication: { method: 'INCREMENTAL', key: 'id', ...seen, requests },
    streams: [stream],
    ...(kind === 'passing' && { lasting: true }),
    open(reader, cursor, own) {
      const rows = newRows<T>(reader, cursor, own, kind);
      return {
        concerns: () => true,
        read: ({ fields: { id } }) =>
          rows.read((maxId, count) => reader.get(`/users/${id}/${path}`, { order: 'desc', maxId, count }), {
            user_id: Number(id),
          }),
        details: rows.details,
      };
    },
  };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-received-star-list/; stars on things that never change are here alone. */
const receivedStars = userFeed<DatedRow>(
  'stars',
  'exact',
  { name: 'user_received_stars', selectedByDefault: false },
  { changes: 'stars given since the last run', deletions: 'what a user with fewer than 100 stars has lost' },
);

/** https://developer.nulab.com/docs/backlog/api/2/get-user-recent-updates/ */
const recentUpdates = userFeed<Activity>('activities', 'passing', activityRows('user_recent_updates', false), {
  changes: 'what was done since the last run',
  deletions: 'never happen',
});

export const userFeeds: readonly ChildResource[] = [receivedStars, recentUpdates];
