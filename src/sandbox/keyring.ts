import { registerSecret } from '../runtime/secrets.ts';
import type { UserRecord } from './world/records.ts';
import type { WorldData } from './world/world-data.ts';

export interface Keyring {
  keyOf(userId: number): string;
  ownerOf(key: string): UserRecord | undefined;
}

/** The space's owner has the key that was asked for; everybody else's ends with his or her id. */
export function createKeyring(data: WorldData, ownerKey: string): Keyring {
  const prefix = `${ownerKey}-`;
  return {
    keyOf(userId) {
      const key = userId === data.space.ownerId ? ownerKey : `${prefix}${userId}`;
      registerSecret(key);
      return key;
    },
    ownerOf(key) {
      if (key === ownerKey) return data.users.get(data.space.ownerId);
      return key.startsWith(prefix) ? data.users.get(Number(key.slice(prefix.length))) : undefined;
    },
  };
}
