import { ROLE, type UserRecord } from '../world/records.ts';
import { PAST } from './timeline.ts';
import { PEOPLE } from './words.ts';

const FIRST_USER_ID = 5001;

/** The first is the space's administrator, whose key the sandbox gives out; the last is a guest. */
export function seedUsers(count: number): readonly UserRecord[] {
  return Array.from({ length: Math.max(2, count) }, (_, index) => user(index, Math.max(2, count)));
}

function user(index: number, count: number): UserRecord {
  const round = Math.floor(index / PEOPLE.length);
  const person = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const name = round === 0 ? person.name : `${person.name} ${round + 1}`;
  const login = person.userId === null ? null : `${person.userId}${round === 0 ? '' : round + 1}`;
  const handle = login ?? `member${index}`;
  return {
    id: FIRST_USER_ID + index,
    userId: login,
    name,
    roleType: roleOf(index, count),
    lang: person.lang,
    mailAddress: `${handle}@example.test`,
    nulabAccount:
      login === null
        ? { nulabId: `n${index}`, name, uniqueId: handle, iconUrl: `https://example.test/${index}.png` }
        : null,
    keyword: `${name} ${handle}`,
    lastLoginTime: index % 4 === 3 ? null : PAST.end - index * 3_600_000,
  };
}

function roleOf(index: number, count: number): number {
  if (index === 0) return ROLE.administrator;
  return index === count - 1 ? ROLE.guestReporter : ROLE.normal;
}
