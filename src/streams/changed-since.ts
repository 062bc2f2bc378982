import type { Cursor } from '../message/state.ts';
import { instantOf } from './instant.ts';
import type { SpaceReader } from './resource.ts';

/** The instant from which on rows may be unknown, where a cursor stands at an instant; before everything without one. */
export function changedSince({ settings }: SpaceReader, cursor: Cursor | undefined): number {
  return typeof cursor?.at === 'string' ? instantOf(cursor.at) - settings.lookback : Number.NEGATIVE_INFINITY;
}
