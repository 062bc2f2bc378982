import { AppError } from '../runtime/errors.ts';
import { requireInSight } from './in-sight.ts';
import type { Slice, SpaceReader } from './resource.ts';

/**
 * Asks for each of these items of some slices on its own, all at once, and leaves out those that were deleted since
 * they were listed.
 */
export async function readEach<Item, Detail>(
  items: readonly Item[],
  read: (item: Item) => Promise<Detail>,
  { reader, slices }: { readonly reader: SpaceReader; readonly slices: readonly Slice[] },
): Promise<readonly Detail[]> {
  const details = await Promise.all(items.map(async (item) => (await read(item).catch(noneIfGone)) ?? []));
  const found = details.flat() as readonly Detail[];
  if (found.length < items.length) await requireInSight(reader, slices);
  return found;
}

function noneIfGone(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'backlog.not-found') return undefined;
  throw error;
}

/** The same items in groups of at most `size`. */
export function* inGroups<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
