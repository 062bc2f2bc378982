import type { ApiObject } from '../stream.ts';

export type Project = ApiObject & {
  readonly id: number;
  readonly projectKey: string;
};
