import { readById } from '../backlog/paging.ts';
import type { Activity as AnyActivity } from '../streams/activities/activity.ts';
import { instantOf } from '../streams/instant.ts';
import type { ItemId } from '../streams/resource.ts';

/** What of an activity matters here. https://developer.nulab.com/docs/backlog/api/2/get-recent-updates/ */
type Activity = AnyActivity & {
  readonly project?: { readonly id: number } | null;
  readonly content?: { readonly id?: ItemId } | null;
};

/** A change of an item; undefined where the activity does not say of which. */
interface Sign {
  readonly activity: number;
  readonly type: number;
  readonly item: string | undefined;
}

export interface Deletion {
  /** Of the activity. */
  readonly activity: number;
  readonly type: number;
  readonly project: number | undefined;
  readonly item: ItemId;
  /** ISO 8601 in UTC. */
  readonly deletedAt: string;
}

/** What has happened in the space since an activity, as far as it concerns readings. */
export interface ActivityFeed {
  /** Where the next run should begin: late activities can appear behind the very newest. */
  readonly settled: number;
  /** Whether everything after this activity is known. */
  covers(since: number): boolean;
  /** Whether nothing of these types, or nothing at all, has happened in the project, or anywhere, after this activity. */
  isQuiet(project: number | undefined, types: readonly number[] | undefined, since: number): boolean;
  /** The items that activities of these types name after this one; undefined if there may be others. */
  told(project: number | undefined, types: readonly number[], since: number): readonly string[] | undefined;
  deletions(project: number | undefined, types: readonly number[], since: number): readonly Deletion[];
}

export interface FeedOptions {
  get(query: Readonly<Record<string, string | number | readonly number[] | undefined>>): Promise<readonly Activity[]>;
  /** The last activity of the last run, or undefined if nothing was read before. */
  readonly since: number | undefined;
  /** Activities after this instant are read again in the next run; milliseconds. */
  readonly settledUntil: number;
  readonly deletionTypes: readonly number[];
  /** By type of activity: how to tell the item that it is about. */
  readonly itemIn: ReadonlyMap<number, (activity: AnyActivity) => string | undefined>;
  /** Pages after which only deletions are read on: knowing the rest would spare fewer requests than it costs. */
  readonly patience: number;
}

const PAGE_SIZE = 100;

export async function readFeed(options: FeedOptions): Promise<ActivityFeed> {
  const { since, patience } = options;
  if (since === undefined) return new Feed(Number.POSITIVE_INFINITY, await newestSettled(options));
  const feed = new Feed(since, since);
  let pages = 0;
  for await (const page of after(since === 0 ? undefined : since - 1, options)) {
    const first = page[0]?.id ?? since;
    if (pages === 0 && first > since && !(await reachesBack(since, options))) feed.beginAt(first);
    for (const activity of page) feed.add(activity, options);
    pages += 1;
    if (pages === patience && page.length >= PAGE_SIZE - 1) return readDeletions(feed, page.at(-1)?.id, options);
  }
  if (pages === 0 && !(await reachesBack(since, options))) feed.beginAt(Number.POSITIVE_INFINITY);
  return feed;
}

/** Where the last activity is not there itself, its project may only be out of sight: then there are older ones. */
async function reachesBack(since: number, { get }: FeedOptions): Promise<boolean> {
  return since === 0 || (await get({ order: 'desc', maxId: since, count: 1 })).length > 0;
}

function after(id: number | undefined, { get }: FeedOptions, types?: readonly number[]) {
  return readById<Activity>({
    fetchPage: (minId, count) => get({ order: 'asc', minId, count, activityTypeId: types }),
    idOf: (activity) => activity.id,
    pageSize: PAGE_SIZE,
    ...(id !== undefined && { after: id }),
  });
}

async function readDeletions(feed: Feed, from: number | undefined, options: FeedOptions): Promise<ActivityFeed> {
  feed.isBusy = true;
  feed.settled = Math.max(feed.settled, await newestSettled(options));
  if (options.deletionTypes.length === 0) return feed;
  for await (const page of after(from, options, options.deletionTypes)) {
    for (const activity of page) feed.addDeletion(activity, options);
  }
  return feed;
}

/** The newest activity that is old enough, among the newest hundred; 0 in a space without activities. */
async function newestSettled({ get, settledUntil }: FeedOptions): Promise<number> {
  const newest = await get({ order: 'desc', count: PAGE_SIZE });
  const settled = newest.find(({ created }) => instantOf(created) <= settledUntil);
  return settled?.id ?? newest.at(-1)?.id ?? 0;
}

class Feed implements ActivityFeed {
  #floor: number;
  settled: number;
  /** Set where more has happened than was worth knowing. */
  isBusy = false;
  readonly #newest = new Map<number | undefined, Map<number, number>>();
  readonly #signs = new Map<number | undefined, Sign[]>();
  readonly #deletions: Deletion[] = [];

  constructor(floor: number, settled: number) {
    this.#floor = floor;
    this.settled = settled;
  }

  /** For feeds that were trimmed: what happened before this activity is unknown. */
  beginAt(activity: number): void {
    this.#floor = activity;
    this.settled = Number.isFinite(activity) ? activity : 0;
  }

  add(activity: Activity, options: FeedOptions): void {
    const { id, type, project, created } = activity;
    const byType = this.#newest.get(project?.id) ?? new Map<number, number>();
    this.#newest.set(project?.id, byType.set(type, id));
    if (instantOf(created) <= options.settledUntil) this.settled = Math.max(this.settled, id);
    this.#addSign(activity, options);
    this.addDeletion(activity, options);
  }

  #addSign(activity: Activity, { itemIn }: FeedOptions): void {
    const { id, type, project } = activity;
    const read = itemIn.get(type);
    if (read === undefined) return;
    const signs = this.#signs.get(project?.id) ?? [];
    signs.push({ activity: id, type, item: read(activity) });
    this.#signs.set(project?.id, signs);
  }

  addDeletion({ id, type, project, content, created }: Activity, { deletionTypes }: FeedOptions): void {
    const item = content?.id;
    if (item === undefined || !deletionTypes.includes(type)) return;
    this.#deletions.push({ activity: id, type, project: project?.id, item, deletedAt: created });
  }

  covers(since: number): boolean {
    return since >= this.#floor;
  }

  isQuiet(project: number | undefined, types: readonly number[] | undefined, since: number): boolean {
    if (this.isBusy) return false;
    const concerned = project === undefined ? [...this.#newest.values()] : [this.#newest.get(project) ?? new Map()];
    return concerned.every((byType) =>
      [...byType].every(([type, id]) => id <= since || (types !== undefined && !types.includes(type))),
    );
  }

  told(project: number | undefined, types: readonly number[], since: number): readonly string[] | undefined {
    if (this.isBusy) return undefined;
    const signs = this.#signs.get(project) ?? [];
    const items = signs
      .filter(({ activity, type }) => activity > since && types.includes(type))
      .map(({ item }) => item);
    return items.includes(undefined) ? undefined : ([...new Set(items)] as readonly string[]);
  }

  deletions(project: number | undefined, types: readonly number[], since: number): readonly Deletion[] {
    return this.#deletions.filter(
      (each) =>
        each.activity > since && types.includes(each.type) && (project === undefined || each.project === project),
    );
  }
}
