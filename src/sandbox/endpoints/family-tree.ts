import type { IssueHead } from '../world/issue.ts';
import type { WorldData } from '../world/world-data.ts';

interface FamilyTree {
  readonly revision: number;
  readonly children: ReadonlyMap<number, readonly number[]>;
  readonly parents: ReadonlyMap<number, number>;
}

const trees = new WeakMap<WorldData['issues'], FamilyTree>();

export function childrenOf(data: WorldData, id: number): readonly number[] {
  return treeOf(data).children.get(id) ?? [];
}

/** 1 at the top, 2 for its children, 3 for theirs. */
export function levelOf(data: WorldData, { id }: IssueHead): number {
  const { parents } = treeOf(data);
  let level = 1;
  for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) level += 1;
  return level;
}

/** Worked out once for each state of the issues. */
function treeOf({ issues }: WorldData): FamilyTree {
  const kept = trees.get(issues);
  if (kept?.revision === issues.revision) return kept;
  const children = new Map<number, number[]>();
  const parents = new Map<number, number>();
  for (const { id, parentIssueId } of issues.heads()) {
    if (parentIssueId === null) continue;
    parents.set(id, parentIssueId);
    children.set(parentIssueId, [...(children.get(parentIssueId) ?? []), id]);
  }
  const tree = { revision: issues.revision, children, parents };
  trees.set(issues, tree);
  return tree;
}
