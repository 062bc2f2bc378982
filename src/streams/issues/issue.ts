import type { ApiObject } from '../stream.ts';

/** The fields of an issue that reading depends on; what is not named here is projected by name. */
export type Issue = ApiObject & {
  readonly id: number;
  readonly projectId: number;
  readonly created: string;
  readonly updated: string;
  readonly category?: readonly ApiObject[] | null;
  readonly milestone?: readonly ApiObject[] | null;
  readonly versions?: readonly ApiObject[] | null;
  readonly attachments?: readonly ApiObject[] | null;
  readonly sharedFiles?: readonly ApiObject[] | null;
  readonly externalFileLinks?: readonly ApiObject[] | null;
  readonly stars?: readonly ApiObject[] | null;
  readonly customFields?: readonly CustomFieldValue[] | null;
};

export type CustomFieldValue = ApiObject & {
  readonly id: number;
  readonly fieldTypeId?: number;
};
