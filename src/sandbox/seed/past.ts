import type { IdKind, Ids } from '../world/id-sequences.ts';
import type { Timeline } from './timeline.ts';

/** Ids that are not worked out of the timeline; those that come later are greater. */
const FIRST_ID = 100_001;

/** The kinds that seeded issues and comments have ids of, too. */
const SHARED: ReadonlySet<IdKind> = new Set(['activity', 'attachment', 'notification', 'star']);

/** Clock and ids for what is written into the seeded past. */
export interface Past {
  readonly clock: { now(): number };
  readonly ids: Ids;
  /** Goes to that share (0 to 1) of the past; what follows is dated there, in the order in which it is done. */
  goTo(share: number): void;
}

export function pastOf(timeline: Timeline): Past {
  const last = new Map<IdKind, number>();
  let share = 0;
  return {
    clock: { now: () => timeline.time(timeline.extra(share)) },
    ids: {
      next(kind) {
        if (SHARED.has(kind)) return timeline.id(timeline.extra(share));
        const id = (last.get(kind) ?? FIRST_ID) + 1;
        last.set(kind, id);
        return id;
      },
    },
    goTo(to) {
      share = to;
    },
  };
}
