import { isObject } from '../column-value.ts';
import { readFeed } from '../feed.ts';
import type { Resource } from '../resource.ts';
import type { ApiObject } from '../stream.ts';

type Notification = ApiObject & { readonly id: number };

/** What a notification can be about; of each only the id stays. */
const SUBJECTS = [
  'project',
  'issue',
  'comment',
  'repository',
  'pullRequest',
  'pullRequestComment',
  'document',
  'documentComment',
  'documentCommentReply',
] as const;

/** https://developer.nulab.com/docs/backlog/api/2/get-notification/; everybody sees their own alone. */
export const notifications: Resource<Notification> = {
  name: 'notifications',
  sliceBy: 'space',
  replication: {
    method: 'INCREMENTAL',
    key: 'id',
    changes: 'what was sent since the last run; whether it was read is as of then',
    deletions: 'not seen',
    requests: '1 per 100 new notifications',
  },
  streams: [
    {
      name: 'notifications',
      selectedByDefault: false,
      entries: ({ fields, parents }) => [{ fields: { ...fields, ...subjectIds(fields) }, parents }],
    },
  ],
  read: (reader, _, cursor) => readFeed(reader, '/notifications', cursor),
};

function subjectIds(fields: ApiObject): ApiObject {
  const present = SUBJECTS.filter((subject) => isObject(fields[subject]));
  return Object.fromEntries(present.map((subject) => [subject, { id: (fields[subject] as ApiObject).id }]));
}
