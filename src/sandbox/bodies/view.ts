import type { UserRecord } from '../world/records.ts';
import type { WorldData } from '../world/world-data.ts';

/** Whose eyes a body is made for, and what it is made from. */
export interface View {
  readonly data: WorldData;
  readonly viewer: UserRecord;
}

export type Body = Readonly<Record<string, unknown>>;
