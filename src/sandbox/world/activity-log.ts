import type { ActivityRecord, ActivityType } from './activity.ts';

export type Order = 'asc' | 'desc';

/** Bounds are inclusive. */
export interface IdRange {
  readonly min: number;
  readonly max: number;
  readonly order: Order;
}

/** What is known of an activity before its content is made. */
export interface ActivityHead {
  readonly type: ActivityType;
  readonly projectId: number;
  readonly createdUserId: number;
}

/** What is absent lets everything through. */
export interface ActivityFilter {
  readonly types?: ReadonlySet<number> | undefined;
  readonly projectIds?: ReadonlySet<number> | undefined;
  readonly createdUserId?: number | undefined;
}

export function matches({ types, projectIds, createdUserId }: ActivityFilter, head: ActivityHead): boolean {
  return (
    (types?.has(head.type) ?? true) &&
    (projectIds?.has(head.projectId) ?? true) &&
    (createdUserId === undefined || createdUserId === head.createdUserId)
  );
}

/** Activities of the seeded past, made when they are asked for. */
export interface ActivitySource {
  get(id: number): ActivityRecord | undefined;
  select(range: IdRange, filter: ActivityFilter): Iterable<ActivityRecord>;
}

/** Everything that ever happened, by rising id. */
export class ActivityLog {
  readonly #source: ActivitySource;
  readonly #added: ActivityRecord[] = [];

  constructor(source: ActivitySource) {
    this.#source = source;
  }

  add(activity: ActivityRecord): void {
    const at = this.#added.findLastIndex(({ id }) => id < activity.id);
    this.#added.splice(at + 1, 0, activity);
  }

  get(id: number): ActivityRecord | undefined {
    return this.#added.find((activity) => activity.id === id) ?? this.#source.get(id);
  }

  *select(range: IdRange, filter: ActivityFilter): Iterable<ActivityRecord> {
    const added = this.#added
      .filter(({ id }) => id >= range.min && id <= range.max)
      .filter((activity) => matches(filter, activity));
    const queue = range.order === 'asc' ? added : added.reverse();
    let next = 0;
    for (const activity of this.#source.select(range, filter)) {
      for (
        let own = queue[next];
        own !== undefined && comesBefore(own.id, activity.id, range.order);
        own = queue[next]
      ) {
        yield own;
        next += 1;
      }
      yield activity;
    }
    yield* queue.slice(next);
  }
}

function comesBefore(id: number, other: number, order: Order): boolean {
  return order === 'asc' ? id < other : id > other;
}
