import { instant, optionalInstant } from '../bodies/instant.ts';
import type { Body } from '../bodies/view.ts';
import { type ApiRequest, icon, read } from '../http/route.ts';
import { PRIORITIES, RESOLUTIONS } from '../world/change-log.ts';
import { ROLE } from '../world/records.ts';
import { picture } from './binaries.ts';

export const spaceRoutes = [
  read('/space', ({ data: { space } }) => ({
    ...space,
    created: instant(space.created),
    updated: instant(space.updated),
  })),
  read('/space/notification', ({ data: { notice } }) => ({
    content: notice.content,
    updated: optionalInstant(notice.updated),
  })),
  read('/space/licence', licence),
  icon('/space/image', () => picture('logo.png')),
  read('/priorities', () => PRIORITIES),
  read('/resolutions', () => RESOLUTIONS),
  read('/rateLimit', ({ rates }) => ({ rateLimit: rates })),
];

/** What no one can change here; zero means no limit. */
const FIXED = {
  attachmentLimit: 0,
  attachmentLimitPerFile: 52_428_800,
  attachmentNumLimit: 100,
  attributeLimit: 0,
  commentLimit: 0,
  componentLimit: 0,
  grandchildIssueEnabled: true,
  issueLimit: 0,
  licenceTypeId: 11,
  limitDate: null,
  nulabAccount: true,
  postIssueByMail: true,
  projectLimit: 100,
  pullRequestAttachmentLimitPerFile: 52_428_800,
  pullRequestAttachmentNumLimit: 100,
  remoteAddress: false,
  remoteAddressLimit: 0,
  subversionExternal: false,
  userLimit: 0,
  versionLimit: 0,
  wikiAttachmentLimitPerFile: 52_428_800,
  wikiAttachmentNumLimit: 100,
};

function licence({ data, viewer }: ApiRequest): Body {
  const { created, updated, ownerId } = data.space;
  const common = { ...FIXED, ...data.licence, startedOn: instant(created) };
  if (viewer.roleType !== ROLE.administrator) return common;
  return { ...common, price: 17_600, createdUserId: ownerId, created: instant(created), updated: instant(updated) };
}
