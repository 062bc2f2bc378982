import { listResource } from '../list-resource.ts';
import type { Resource, SpaceReader } from '../resource.ts';
import { type ApiObject, entriesOf, type Stream, type StreamName } from '../stream.ts';

type DiskUsage = ApiObject & { readonly details?: readonly ApiObject[] | null };

type RateLimits = ApiObject & { readonly rateLimit: Readonly<Record<string, RateLimit>> };

type RateLimit = ApiObject & { readonly reset?: number | null };

/** An object that the space has one of. The API gives it no id, so the space's key is its key. */
function onlyRow<Fields extends ApiObject>(
  path: string,
  streams: readonly [Stream<Fields>, ...Stream<Fields>[]],
): Resource<Fields> {
  return listResource({
    name: streams[0].name,
    sliceBy: 'space',
    streams,
    list: async (reader) => [{ ...(await reader.get<Fields>(path)), spaceKey: await spaceKey(reader) }],
  });
}

async function spaceKey(reader: SpaceReader): Promise<unknown> {
  return (await reader.space()).spaceKey;
}

function rowsOf(name: StreamName, selectedByDefault: boolean): Stream {
  return { name, selectedByDefault };
}

/** https://developer.nulab.com/docs/backlog/api/2/get-licence/; administrators see what it costs. */
const licence = onlyRow('/space/licence', [rowsOf('licenses', true)]);

/** https://developer.nulab.com/docs/backlog/api/2/get-space-notification/ */
const notice = onlyRow('/space/notification', [rowsOf('space_notifications', true)]);

/** https://developer.nulab.com/docs/backlog/api/2/get-space-disk-usage/; for administrators. */
const diskUsage = onlyRow<DiskUsage>('/space/diskUsage', [
  { name: 'space_disk_usage', selectedByDefault: false, elsewhere: ['details'] },
  {
    name: 'space_disk_usage_details',
    selectedByDefault: false,
    entries: ({ fields }) => entriesOf(fields.details, {}),
  },
]);

/** https://developer.nulab.com/docs/backlog/api/2/get-rate-limit/; `reset` comes in seconds. */
const rateLimits = listResource<RateLimits>({
  name: 'rate_limits',
  sliceBy: 'space',
  streams: [
    {
      name: 'rate_limits',
      selectedByDefault: false,
      entries: ({ fields }) =>
        Object.entries(fields.rateLimit).map(([kind, { reset, ...rest }]) => ({
          fields: { ...rest, reset: typeof reset === 'number' ? reset * 1000 : reset },
          parents: { kind },
        })),
    },
  ],
  list: async (reader) => [await reader.get('/rateLimit')],
});

export const spacePlanResources: readonly Resource[] = [licence, notice, diskUsage, rateLimits];
