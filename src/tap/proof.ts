import type { ActivatePartMessage } from '../message/message.ts';
import { isConfined } from './failure.ts';
import type { OpenChild } from './open-child.ts';
import { type PlannedStream, PROJECT_COLUMN } from './selection-plan.ts';
import type { SliceReadingOptions } from './slice.ts';

/** What the requests of counting are counted under. */
export const COUNTS = 'counts';

/**
 * How many items a slice has before it is read again to find what is gone. A walk that then sees fewer of them has
 * missed some, so that it proves nothing (invariant 5). Of the resources that can be counted by one request.
 */
export async function countBefore(reading: SliceReadingOptions): Promise<number | undefined> {
  const { planned, slice, space, reconciliation } = reading;
  const reader = space.readerFor(COUNTS);
  if (reconciliation === undefined || reader.settings.startDate !== undefined) return undefined;
  try {
    return await planned.resource.count?.(reader, [slice]);
  } catch (error) {
    if (!isConfined(error)) throw error;
    return undefined;
  }
}

/** Tells that all of the project has been read: what this reading did not find of it is gone. */
export function partsRead(
  { planned, slice, version, reconciliation }: SliceReadingOptions,
  children: readonly OpenChild[],
): readonly ActivatePartMessage[] {
  const { project } = slice;
  if (reconciliation === undefined || project === undefined) return [];
  return [...planned.streams, ...children.flatMap(streamsRead)]
    .filter(({ parts, replacement, kept }) => parts === 'projects' && (replacement === 'version' || kept))
    .map(({ name }) => ({ type: 'activatePart', stream: name, part: { [PROJECT_COLUMN]: project.id }, version }));
}

function streamsRead({ planned, children, failed }: OpenChild): readonly PlannedStream[] {
  return failed ? [] : [...planned.streams, ...children.flatMap(streamsRead)];
}
