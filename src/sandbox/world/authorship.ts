import { now, type WorldData } from './world-data.ts';

/** Who does it and when. Backlog's import interface sets both times itself, and then no activity appears. */
export interface Authorship {
  /** The space's owner, if absent. */
  readonly createdUserId?: number;
  /** Milliseconds; together with `updated` it makes an import of the past. */
  readonly created?: number;
  readonly updated?: number;
}

export interface Stamp {
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

/** Author and times of a new thing. */
export function stamp(data: WorldData, { createdUserId, created, updated }: Authorship): Stamp {
  const author = createdUserId ?? data.space.ownerId;
  const time = created ?? now(data);
  return { createdUserId: author, created: time, updatedUserId: author, updated: updated ?? time };
}

/** Who changed a thing, and that it was now. */
export function touch(data: WorldData, userId: number | undefined): Pick<Stamp, 'updatedUserId' | 'updated'> {
  return { updatedUserId: userId ?? data.space.ownerId, updated: now(data) };
}
