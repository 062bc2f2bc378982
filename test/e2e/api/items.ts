import type { Api, Body } from './api.ts';
import type { Item } from './expected-row.ts';

/** Asks the API for all that must stand in a table. */
export type ItemSource = (api: Api) => Promise<readonly Item[]>;

export type ItemSources = Readonly<Record<string, ItemSource>>;

/** The objects in a list field; none where it is null or left out. */
export function inside(body: Body, field: string): readonly Body[] {
  return (body[field] ?? []) as readonly Body[];
}

export function objectIn(body: Body, field: string): Body | undefined {
  return (body[field] ?? undefined) as Body | undefined;
}

export function without(body: Body, ...fields: readonly string[]): Body {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field)));
}

/** Objects of which the row keeps nothing but the id. */
export function withIdsAlone(body: Body, ...fields: readonly string[]): Body {
  const ids = fields.flatMap((field) => {
    const id = objectIn(body, field)?.id;
    return id === undefined ? [] : [[field, { id }]];
  });
  return { ...without(body, ...fields), ...Object.fromEntries(ids) };
}

export function items(bodies: readonly Body[], parents: Body = {}): readonly Item[] {
  return bodies.map((body) => ({ body, parents }));
}

/** A member of a list inside an object, which says which one. */
export function numbered(bodies: readonly Body[], parents: Body): readonly Item[] {
  return bodies.map((body, position) => ({ body, parents: { ...parents, position } }));
}

/** What each of these gives, in one list; one after the other. */
export async function each<T, Found>(
  subjects: readonly T[],
  find: (subject: T) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const subject of subjects) found.push(...(await find(subject)));
  return found;
}
