import { AppError } from '../runtime/errors.ts';

/** Asks for each on its own, all at once, and leaves out those that were deleted since they were listed. */
export async function readEach<Item, Detail>(
  items: readonly Item[],
  read: (item: Item) => Promise<Detail>,
): Promise<readonly Detail[]> {
  const details = await Promise.all(items.map(async (item) => (await read(item).catch(noneIfGone)) ?? []));
  return details.flat() as readonly Detail[];
}

function noneIfGone(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'backlog.not-found') return undefined;
  throw error;
}

/** The same items in groups of at most `size`. */
export function* inGroups<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
