import type { SelectedStream } from '../../message/catalog.ts';
import type { Bookmark, TapState } from '../../message/state.ts';
import { earliestState } from '../../tap/state.ts';
import type { StatementPlan } from '../plan/job-plan.ts';
import type { StatementState } from '../state/state-table.ts';
import { tellsProject } from './named-part.ts';

/**
 * - `anew`: into a table that has nothing of ours yet;
 * - `continue`: from where the last run came to;
 * - `replace`: everything, and at its end, in one step, what is not part of it goes (invariant 6).
 */
export type Mode = 'anew' | 'continue' | 'replace';

export interface StartingStatement {
  readonly plan: StatementPlan;
  readonly mode: Mode;
  readonly state?: TapState;
  /** Digest of the rows that its table holds, where they are replaced as a whole. */
  readonly held?: string;
}

/** One pass of the reader, shared by the statements that can start at the same point. */
export interface Reading {
  readonly statements: readonly StartingStatement[];
  readonly selection: readonly SelectedStream[];
  /** Where to start; from the beginning, if absent. */
  readonly state?: TapState;
  readonly startDate?: string;
}

/** How a statement begins, given what the destination knows about it. */
export function startOf(
  plan: StatementPlan,
  saved: StatementState | undefined,
  tableExists: boolean,
): StartingStatement {
  if (plan.settings.replace) return { plan, mode: 'replace' };
  const isKnown = saved?.statement === plan.fingerprint && tableExists;
  if (!plan.query.rowWise) return { plan, mode: 'replace', ...(isKnown && saved.result ? { held: saved.result } : {}) };
  if (saved === undefined || !tableExists) return { plan, mode: 'anew' };
  if (!isKnown) return { plan, mode: 'replace' };
  return { plan, mode: 'continue', state: saved.state };
}

/**
 * The statements in as few readings as are right. Those that begin from nothing are not mixed with those that
 * continue: a reading from the beginning does not tell what was deleted since the others' last run. Readings that
 * continue come first, since they are short.
 */
export function planReadings(statements: readonly StartingStatement[]): readonly Reading[] {
  const groups = new Map<string, StartingStatement[]>();
  for (const statement of statements) {
    const key = `${statement.state === undefined} ${statement.plan.settings.startDate ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  const readings = [...groups.values()].map(readingOf);
  return readings.toSorted((one, other) => Number(!one.state) - Number(!other.state));
}

/** The state reduced to what concerns these streams. */
export function stateOfStreams(state: TapState, streams: readonly string[]): TapState {
  const bookmarks = Object.entries(state.bookmarks).filter(([stream]) => streams.includes(stream));
  return { bookmarks: Object.fromEntries(bookmarks) };
}

function readingOf(statements: readonly StartingStatement[]): Reading {
  const streams = [...new Set(statements.flatMap(({ plan }) => plan.query.streams))];
  const startDate = statements[0]?.plan.settings.startDate;
  const continues = statements.some(({ state }) => state !== undefined);
  return {
    statements,
    selection: streams.map((name) => selected(name, statements)),
    ...(continues ? { state: commonState(statements, streams) } : {}),
    ...(startDate === undefined ? {} : { startDate }),
  };
}

/** Tables that do not tell the project of their rows cannot lose those of a project by itself. */
function selected(name: string, statements: readonly StartingStatement[]): SelectedStream {
  const withoutProject = statements.some(
    ({ plan: { query } }) => query.rowWise && query.streams.includes(name) && !tellsProject(query),
  );
  return withoutProject ? { name, withoutProject } : { name };
}

/** For each stream what the statement knows that has come least far with it; the others do not matter. */
function commonState(statements: readonly StartingStatement[], streams: readonly string[]): TapState {
  const bookmarks = streams.map((stream): readonly [string, Bookmark] => {
    const users = statements.filter(({ plan }) => plan.query.streams.includes(stream));
    const states = users.map(({ state }) => state && stateOfStreams(state, [stream]));
    return [stream, earliestState(states)?.bookmarks[stream] ?? {}];
  });
  return { bookmarks: Object.fromEntries(bookmarks) };
}
