import type { Body } from './api.ts';

/** What must become one row: an object of the API, and what its row says of its parents. */
export interface Item {
  readonly body: Body;
  readonly parents?: Body;
}

/** A row whose column names and values are in one spelling, so that those of the API and of the database compare. */
export type PlainRow = Readonly<Record<string, string>>;

/** What people have that changes without the object that names them. */
const OF_USERS_ALONE = ['lastLoginTime', 'nulabAccount', 'keyword'];

const DAYS = ['startDate', 'dueDate', 'releaseDueDate', 'minDate', 'maxDate', 'dateValue', 'date'];

/** Whole objects that a column keeps. */
const JSON_FIELDS = ['content'];

/** Nested objects become prefixed columns, lists stay lists, and what is null or left out is no entry. */
export function expectedRow({ body, parents = {} }: Item): PlainRow {
  return { ...plain(parents), ...flat(body, '') };
}

function flat(body: Body, prefix: string): PlainRow {
  const parts = Object.entries(body).map(([field, value]): PlainRow => {
    if (value === null || value === undefined) return {};
    if (prefix !== '' && OF_USERS_ALONE.includes(field)) return {};
    const path = prefix + field;
    if (isObject(value) && !JSON_FIELDS.includes(field)) return flat(value, path);
    return { [path.toLowerCase()]: text(DAYS.includes(field) ? String(value).slice(0, 10) : value) };
  });
  return Object.assign({}, ...parts);
}

/** A row of the database, without its empty columns. */
export function plain(row: Body): PlainRow {
  const filled = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(filled.map(([column, value]) => [column.toLowerCase(), text(value)]));
}

function text(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
