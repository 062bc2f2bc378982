import type { WorldData } from '../world/world-data.ts';
import { childrenOf } from './family-tree.ts';

const CLOSED = 4;

/** How many children an issue has, and how many of them are closed. */
export function childSummary(data: WorldData, id: number): { readonly total: number; readonly closed: number } {
  const children = childrenOf(data, id);
  const closed = children.filter((child) => data.issues.get(child)?.statusId === CLOSED);
  return { total: children.length, closed: closed.length };
}
