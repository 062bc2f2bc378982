import type { ApiObject } from '../stream.ts';

/** The fields of a comment that reading depends on; what is not named here is projected by name. */
export type Comment = ApiObject & {
  readonly id: number;
  readonly created: string;
  readonly updated: string;
  readonly changeLog?: readonly ApiObject[] | null;
  readonly stars?: readonly ApiObject[] | null;
  readonly notifications?: readonly ApiObject[] | null;
};
