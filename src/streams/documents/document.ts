import type { ApiObject } from '../stream.ts';

/** The fields of a document that reading depends on; what is not named here is projected by name. */
export type Document = ApiObject & {
  readonly id: string;
  readonly projectId: number;
  readonly updated: string;
  /** Seen as text and as an object. */
  readonly json?: unknown;
  readonly tags?: readonly ApiObject[] | null;
  readonly attachments?: readonly ApiObject[] | null;
};
