import type { TapState } from '../message/state.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/log.ts';
import type { Resource, Slice } from '../streams/resource.ts';
import type { ActivityFeed } from './activity-feed.ts';
import type { RowMaking } from './row-messages.ts';
import type { Planned } from './selection-plan.ts';
import type { Cycles, Depth } from './settings.ts';
import type { SpaceReading } from './space-reading.ts';

/** One slice of a resource, and what its reading depends on. */
export interface SliceReading {
  readonly planned: Planned<Resource>;
  readonly slice: Slice;
  readonly space: SpaceReading;
  readonly state: TapState;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the rows of streams that are replaced by versions. */
  readonly version: number;
  readonly cycles: Cycles;
  /** Set where the slice is read again to find what gave no sign; its planned streams are those of such a reading. */
  readonly reconciliation: Depth | undefined;
}

export interface SliceReadingOptions extends SliceReading {
  /** Undefined where no resource needs it, or it could not be read. */
  readonly feed: ActivityFeed | undefined;
}

/** What the reading of a page's rows and of their children depends on. */
export interface PageOptions extends SliceReadingOptions {
  readonly isKnown: RowMaking['isKnown'];
}
