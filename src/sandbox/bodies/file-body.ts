import type { Attachment, SharedFile, Star } from '../world/records.ts';
import { instant, optionalInstant } from './instant.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

export function attachmentBody(view: View, { createdUserId, created, ...plain }: Attachment): Body {
  return { ...plain, createdUser: personBody(view, createdUserId), created: instant(created) };
}

export function starBody(view: View, { presenterId, created, ...plain }: Star): Body {
  return { ...plain, presenter: personBody(view, presenterId), created: instant(created) };
}

export function linkedFiles(view: View, ids: readonly number[]): readonly Body[] {
  return ids.flatMap((id) => view.data.sharedFiles.get(id) ?? []).map((file) => sharedFileBody(view, file));
}

export function sharedFileBody(view: View, file: SharedFile): Body {
  const { createdUserId, created, updatedUserId, updated, ...plain } = file;
  return {
    ...plain,
    createdUser: personBody(view, createdUserId),
    created: instant(created),
    updatedUser: personBody(view, updatedUserId),
    updated: optionalInstant(updated),
  };
}

interface Authored {
  readonly createdUserId: number;
  readonly created: number;
  readonly updatedUserId: number;
  readonly updated: number;
}

/** Author and times, as nearly every body ends with them. */
export function authorBody(view: View, { createdUserId, created, updatedUserId, updated }: Authored): Body {
  return {
    createdUser: personBody(view, createdUserId),
    created: instant(created),
    updatedUser: personBody(view, updatedUserId),
    updated: instant(updated),
  };
}
