import type { Logger } from '../runtime/log.ts';
import type { Resource } from '../streams/resource.ts';
import { type ActivityFeed, readFeed } from './activity-feed.ts';
import { isConfined } from './failure.ts';
import { streamsOf } from './selection-plan.ts';
import type { SliceReading } from './slice.ts';
import { cursorOf } from './slice-cursor.ts';
import type { SpaceReading } from './space-reading.ts';

/** What its requests are counted under; they serve all resources. */
const FEED = 'activities';

/**
 * What has happened since the least that these readings know, in one request where little has. Without it everything
 * is read as if it might have changed, and deletions wait for a run that can see it.
 */
export async function feedFor(
  readings: readonly SliceReading[],
  space: SpaceReading,
  log: Logger,
): Promise<ActivityFeed | undefined> {
  const concerned = readings.filter(({ planned }) => planned.resource.feed !== undefined);
  if (concerned.length === 0) return undefined;
  const known = concerned.flatMap((reading) =>
    streamsOf(reading.planned).flatMap((stream) => cursorOf(stream, reading)?.activity ?? []),
  );
  const { get, presentTime, settings } = space.readerFor(FEED);
  const since = known.length > 0 ? Math.min(...known) : undefined;
  try {
    const feed = await readFeed({
      get: (query) => get('/space/activities', query),
      since,
      settledUntil: presentTime() - settings.lookback,
      itemIn: new Map(concerned.flatMap(({ planned }) => itemReaders(planned.resource))),
      deletionTypes: [...new Set(concerned.flatMap(({ planned }) => planned.resource.feed?.deletions ?? []))],
      patience: concerned.length,
    });
    if (since !== undefined && !feed.covers(since)) warnOfGap(log, canCompare(concerned));
    return feed;
  } catch (error) {
    if (!isConfined(error)) throw error;
    log.warning({
      en: `The activities of the space could not be read, so deletions are not seen in this run. ${error.text.en}`,
      ja: `スペースのアクティビティを読み込めないため、今回は削除を検出できません。${error.text.ja}`,
    });
    return undefined;
  }
}

function itemReaders({ feed }: Resource) {
  const { changes = [], itemIn } = feed ?? {};
  return itemIn ? changes.map((type) => [type, itemIn] as const) : [];
}

/** Whether deletions are found without activities, by comparing what there is. */
function canCompare(readings: readonly SliceReading[]): boolean {
  return readings.every(({ planned }) => streamsOf(planned).every(({ parts }) => parts !== 'none'));
}

function warnOfGap(log: Logger, isCompared: boolean): void {
  log.warning({
    en: `The activities of the space no longer reach back to the last run; ${isCompared ? 'everything is read to find what was deleted meanwhile' : 'all projects are read, and what was deleted before is found by a reconcile run'}`,
    ja: `スペースのアクティビティが前回の実行まで遡れないため、${isCompared ? 'その間の削除を見つけるためにすべてを読み込みます' : 'すべてのプロジェクトを読み込みます。その間の削除は照合実行で検出されます'}`,
  });
}
