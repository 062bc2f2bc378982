import { ApiError } from '../http/api-error.ts';
import type { ApiRequest } from '../http/route.ts';
import type { ProjectRecord } from '../world/project.ts';
import type { Licence } from '../world/space.ts';

/** What the plan or a project can do without. */
export type Feature = 'wiki' | 'document' | 'fileSharing' | 'git';

const SWITCHES = {
  wiki: { project: 'useWiki', licence: undefined },
  document: { project: 'useDocument', licence: undefined },
  fileSharing: { project: 'useFileSharing', licence: 'fileSharing' },
  git: { project: 'useGit', licence: 'git' },
} as const;

export function hasFeature({ data }: ApiRequest, { settings }: ProjectRecord, feature: Feature): boolean {
  const { project, licence } = SWITCHES[feature];
  return settings[project] && (licence === undefined || data.licence[licence]);
}

/** Backlog was seen to refuse with code 5 and the key of a message instead of its text. */
export function requireFeature(request: ApiRequest, project: ProjectRecord, feature: Feature): void {
  if (!hasFeature(request, project, feature))
    throw new ApiError('unauthorizedOperation', `msg.featureRestrictedError.${feature}`);
}

/** What the plan lacks altogether is refused with code 2. */
export function requireLicence({ data }: ApiRequest, part: keyof Licence): void {
  if (!data.licence[part]) throw new ApiError('licence', 'This feature is not available in your plan.');
}
