import type { ApiObject } from '../stream.ts';

/** The fields of a wiki page that reading depends on; what is not named here is projected by name. */
export type WikiPage = ApiObject & {
  readonly id: number;
  readonly projectId: number;
  readonly updated: string;
  readonly tags?: readonly ApiObject[] | null;
  readonly attachments?: readonly ApiObject[] | null;
  readonly sharedFiles?: readonly ApiObject[] | null;
  readonly stars?: readonly ApiObject[] | null;
};
