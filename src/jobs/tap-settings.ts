import type { SourceConnection } from '../replicate/source-connection.ts';
import type { TapSettings } from '../tap/tap.ts';

export function tapSettingsOf(
  { projectKeys, reconcileEveryDays, reconcileComments, rereadCommentsDays, mastersEveryHours }: SourceConnection,
  startDate: string | undefined,
  reconcile: boolean,
): TapSettings {
  return {
    reconcile,
    ...(reconcileEveryDays === undefined ? {} : { reconcileEveryDays }),
    ...(reconcileComments === undefined ? {} : { reconcileComments }),
    ...(rereadCommentsDays === undefined ? {} : { rereadCommentsDays }),
    ...(mastersEveryHours === undefined ? {} : { mastersEveryHours }),
    ...(projectKeys === undefined ? {} : { projectKeys }),
    ...(startDate === undefined ? {} : { startDate }),
  };
}
