import type { Cursor, TapState } from '../message/state.ts';
import type { Slice } from '../streams/resource.ts';
import type { PlannedStream } from './selection-plan.ts';
import { cursorIn } from './state.ts';

/** How far a stream has been read in a slice; nowhere, if it is to be refreshed. */
export function cursorOf(
  { name, refreshed }: PlannedStream,
  { state, slice }: { readonly state: TapState; readonly slice: Slice },
): Cursor | undefined {
  return refreshed ? undefined : cursorIn(state, name, slice.id);
}
