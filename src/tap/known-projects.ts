import type { Cursor, TapState } from '../message/state.ts';
import type { PlannedStream } from './selection-plan.ts';

/** The slice under which a bookmark tells of the last reading of a whole table: when it was, and of which projects. */
export const WHOLE = 'whole';

/** Projects of which the destination may hold rows of these streams. */
export function knownProjects(streams: readonly PlannedStream[], state: TapState): ReadonlySet<string> {
  const slices = streams.flatMap(({ name }) => Object.keys(state.bookmarks[name] ?? {}));
  return new Set([
    ...slices.filter((slice) => /^\d+$/.test(slice)),
    ...streams.flatMap(({ name }) => [...wholeProjects(name, state)]),
  ]);
}

/** The projects of the last reading of the whole table. */
export function wholeProjects(stream: string, state: TapState): ReadonlySet<string> {
  const projects = state.bookmarks[stream]?.[WHOLE]?.projects;
  return new Set(Array.isArray(projects) ? projects.map(String) : []);
}

/** The same, of a table that holds nothing of these projects any more. */
export function withoutProjects(whole: Cursor, gone: ReadonlySet<string>): Cursor {
  const { projects } = whole;
  return Array.isArray(projects) ? { ...whole, projects: projects.filter((id) => !gone.has(String(id))) } : whole;
}

export function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

export function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}
