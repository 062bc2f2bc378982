import type { IdRange } from '../world/activity-log.ts';
import type { Page, Parameters } from './parameters.ts';

export function byOffset<T>(list: readonly T[], { offset, count }: Page): readonly T[] {
  return list.slice(offset, offset + count);
}

/** A page by id out of a list of rising ids. */
export function byId<T>(list: readonly T[], query: Parameters, idOf: (item: T) => number): readonly T[] {
  const range = query.idRange();
  const inside = list.filter((item) => within(idOf(item), range));
  return (range.order === 'asc' ? inside : inside.reverse()).slice(0, query.count());
}

function within(id: number, { min, max }: IdRange): boolean {
  return id >= min && id <= max;
}

export function take<T>(items: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}
