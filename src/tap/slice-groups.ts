import { instantOf } from '../streams/instant.ts';
import type { SliceReadingOptions } from './slice.ts';
import { startOf } from './slice-cursor.ts';

/** Slices that are read at the same time. */
export type SliceGroup = readonly SliceReadingOptions[];

/** More ids than this would make addresses too long. */
const MOST_SLICES = 100;

/** Of cursors further apart, the older one would make the walk read what the younger one knows: milliseconds. */
const NEAR = 24 * 60 * 60 * 1000;

interface OpenGroup {
  readonly at: number;
  readonly readings: SliceReadingOptions[];
}

/** Slices of a resource that one walk can serve stand together, in the place of the first of them; others alone. */
export function groupReadings(readings: readonly SliceReadingOptions[]): readonly SliceGroup[] {
  const groups: OpenGroup[] = [];
  const shared = new Map<string, OpenGroup[]>();
  for (const reading of readings) {
    const { key, at } = placeOf(reading);
    const known = key === undefined ? [] : (shared.get(key) ?? []);
    const group = known.find((each) => each.readings.length < MOST_SLICES && Math.abs(each.at - at) <= NEAR);
    if (group) {
      group.readings.push(reading);
      continue;
    }
    const opened = { at, readings: [reading] };
    groups.push(opened);
    if (key !== undefined) shared.set(key, [...known, opened]);
  }
  return groups.map((group) => group.readings);
}

function placeOf(reading: SliceReadingOptions): { readonly key: string | undefined; readonly at: number } {
  const { planned, slice } = reading;
  const { name, joint } = planned.resource;
  const cursor = joint && startOf(reading);
  const key = joint?.groupOf({ slice, cursor });
  return { key: key === undefined ? undefined : `${name} ${key}`, at: instantOf(cursor?.at) };
}
