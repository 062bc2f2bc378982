import type { WikiPage, WikiVersion } from '../world/wiki.ts';
import { attachmentBody, authorBody, linkedFiles, starBody } from './file-body.ts';
import { instant } from './instant.ts';
import { personBody } from './user-body.ts';
import type { Body, View } from './view.ts';

/** In lists a page has no content, no files and no stars. */
export function wikiListBody(view: View, page: WikiPage): Body {
  const { id, projectId, name, tags } = page;
  return { id, projectId, name, tags, ...authorBody(view, page) };
}

export function wikiBody(view: View, page: WikiPage): Body {
  const { id, projectId, name, content, tags } = page;
  return {
    id,
    projectId,
    name,
    content,
    tags,
    attachments: page.attachments.map((attachment) => attachmentBody(view, attachment)),
    sharedFiles: linkedFiles(view, page.sharedFileIds),
    stars: page.stars.map((star) => starBody(view, star)),
    ...authorBody(view, page),
  };
}

export function wikiVersionBody(view: View, pageId: number, version: WikiVersion): Body {
  const { createdUserId, created, ...written } = version;
  return { pageId, ...written, createdUser: personBody(view, createdUserId), created: instant(created) };
}
