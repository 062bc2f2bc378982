import type { TapState } from '../message/state.ts';
import type { Logger } from '../runtime/log.ts';
import type { Resource } from '../streams/resource.ts';
import { type Planned, streamsOf } from './selection-plan.ts';
import { cursorIn, withCursor } from './state.ts';

/** Projects that were read and are out of sight: whether they still exist is not known. */
export function warnOfHidden(projects: readonly string[], log: Logger): void {
  const ids = projects.join(', ');
  log.warning({
    en: `The key does not see these projects any more, so that what was read of them stays as it is: ${ids}. If they exist, let the owner of the key join them. If they were deleted, run once with the key of an administrator, who can tell.`,
    ja: `次のプロジェクトはこのキーで参照できなくなったため、読み込み済みの行をそのまま残します: ${ids}。プロジェクトが存在する場合は、キーの所有者を参加させてください。削除された場合は、判別できる管理者のキーで一度実行してください。`,
  });
}

/**
 * What happens in a project that is out of sight may never be told: its cursors forget up to where deletions are known,
 * so that it is compared when it comes back.
 */
export function withoutSight(
  state: TapState,
  plan: readonly Planned<Resource>[],
  hidden: ReadonlySet<string>,
): TapState {
  let result = state;
  for (const { name } of plan.flatMap(streamsOf)) {
    for (const slice of hidden) {
      const cursor = cursorIn(state, name, slice);
      if (cursor?.activity === undefined) continue;
      const { activity: _, ...rest } = cursor;
      result = withCursor(result, name, slice, rest);
    }
  }
  return result;
}
