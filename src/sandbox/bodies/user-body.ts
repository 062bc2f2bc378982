import { ROLE, type UserRecord } from '../world/records.ts';
import { optionalInstant } from './instant.ts';
import type { Body, View } from './view.ts';

const openBodies = new WeakMap<UserRecord, Body>();
const closedBodies = new WeakMap<UserRecord, Body>();

/** Login ids and mail addresses are for administrators and for the user himself. */
export function userBody(view: View, user: UserRecord): Body {
  const open = view.viewer.roleType === ROLE.administrator || view.viewer.id === user.id;
  const kept = open ? openBodies : closedBodies;
  const body = kept.get(user) ?? makeBody(user, open);
  kept.set(user, body);
  return body;
}

/** Somebody who is referred to by id; null where nobody is, or the user has been deleted. */
export function personBody(view: View, id: number | null): Body | null {
  const user = id === null ? undefined : view.data.users.get(id);
  return user === undefined ? null : userBody(view, user);
}

/** Each person once, in the order given. */
export function people(view: View, ids: readonly (number | null)[]): readonly Body[] {
  return [...new Set(ids)].map((id) => personBody(view, id)).filter((body) => body !== null);
}

function makeBody(user: UserRecord, open: boolean): Body {
  const { id, userId, name, roleType, lang, mailAddress, nulabAccount, keyword, lastLoginTime } = user;
  return {
    id,
    userId: open ? userId : null,
    name,
    roleType,
    lang,
    mailAddress: open ? mailAddress : '',
    nulabAccount,
    keyword,
    lastLoginTime: optionalInstant(lastLoginTime),
  };
}
