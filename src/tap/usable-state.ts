import type { Bookmark, TapState } from '../message/state.ts';
import type { Logger } from '../runtime/log.ts';
import { offeredStreams } from './catalog.ts';
import { isCursor } from './state.ts';

/**
 * The state without what cannot be ours, such as the bookmarks of another tap for the same streams: those streams are
 * read from the beginning, and the log says so. What stands there for streams that we do not know is left alone.
 */
export function usableState(state: unknown, log: Logger): TapState {
  if (state === undefined || state === null) return { bookmarks: {} };
  if (!isRecord(state) || !isRecord(state.bookmarks ?? {})) {
    warn(log, []);
    return { bookmarks: {} };
  }
  const { bookmarks, currently_syncing } = state as Partial<TapState>;
  const foreign: string[] = [];
  const usable = { ...bookmarks };
  for (const { name } of offeredStreams()) {
    if (usable[name] === undefined) continue;
    const cursors = cursorsOf(usable[name]);
    if (Object.keys(cursors).length < Object.keys(usable[name] ?? {}).length) foreign.push(name);
    usable[name] = cursors;
  }
  if (foreign.length > 0) warn(log, foreign);
  return { bookmarks: usable, ...(typeof currently_syncing === 'string' && { currently_syncing }) };
}

function cursorsOf(bookmark: unknown): Bookmark {
  if (!isRecord(bookmark)) return {};
  return Object.fromEntries(
    Object.entries(bookmark).filter((entry): entry is [string, Bookmark[string]] => isCursor(entry[1])),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function warn(log: Logger, streams: readonly string[]): void {
  const names = streams.join(', ');
  log.warning({
    en: names
      ? `The state holds bookmarks for ${names} that are not ours; these streams are read from the beginning`
      : 'The state is not ours; everything is read from the beginning',
    ja: names
      ? `ステートにある ${names} のブックマークは本プログラムのものではないため、最初から読み込みます`
      : 'ステートが本プログラムのものではないため、すべて最初から読み込みます',
  });
}
