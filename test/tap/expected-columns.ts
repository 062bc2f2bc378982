import type { Value } from '../../src/message/value.ts';
import type { Star, UserRecord } from '../../src/sandbox/world/records.ts';
import type { World } from '../../src/sandbox/world/world.ts';

export type Columns = Record<string, Value>;

export const NONE = { additional_fields: null };

export function member({ id, userId, name, roleType, lang, mailAddress, lastLoginTime }: UserRecord): Columns {
  const login = lastLoginTime === null ? null : instant(lastLoginTime);
  const columns = { role_type: roleType, lang, mail_address: mailAddress, last_login_time: login };
  return { id, user_id: userId, name, ...columns };
}

export function person(world: World, prefix: string, id: number | null): Columns {
  const user = id === null ? undefined : world.users.get(id);
  return {
    [`${prefix}_id`]: user?.id ?? null,
    [`${prefix}_user_id`]: user?.userId ?? null,
    [`${prefix}_name`]: user?.name ?? null,
    [`${prefix}_role_type`]: user?.roleType ?? null,
    [`${prefix}_lang`]: user?.lang ?? null,
    [`${prefix}_mail_address`]: user?.mailAddress ?? null,
  };
}

export function starColumns(world: World, { id, comment, url, title, presenterId, created }: Star): Columns {
  return { id, comment, url, title, ...person(world, 'presenter', presenterId), created: instant(created), ...NONE };
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

interface Authored {
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number | null;
  readonly updated: number | null;
}

export function authored(world: World, { createdUserId, created, updatedUserId, updated }: Authored): Columns {
  return {
    ...person(world, 'created_user', createdUserId),
    created: instant(created),
    ...person(world, 'updated_user', updatedUserId),
    updated: updated === null ? null : instant(updated),
  };
}

interface Uploaded {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly createdUserId: number;
  readonly created: number;
}

export function attachmentColumns(world: World, { id, name, size, createdUserId, created }: Uploaded): Columns {
  return { id, name, size, ...person(world, 'created_user', createdUserId), created: instant(created), ...NONE };
}
