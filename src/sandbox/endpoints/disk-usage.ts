import { type ApiRequest, read } from '../http/route.ts';
import { projectAt, requireAdministrator } from './access.ts';
import { sweepIssues } from './issue-sweep.ts';

export const diskUsageRoutes = [
  read('/space/diskUsage', (request) => {
    requireAdministrator(request);
    const details = [...request.data.projects.keys()].map((id) => ({ projectId: id, ...usageOf(request, id) }));
    const total = (part: keyof Usage) => details.reduce((sum, usage) => sum + usage[part], 0);
    const totals = Object.fromEntries(PARTS.map((part) => [part, total(part)]));
    return { capacity: request.data.licence.storageLimit, ...totals, details };
  }),
  read('/projects/:project/diskUsage', (request) => {
    requireAdministrator(request);
    const { id } = projectAt(request);
    return { projectId: id, ...usageOf(request, id) };
  }),
];

const PARTS = ['issue', 'wiki', 'document', 'file', 'subversion', 'git', 'gitLFS', 'pullRequest'] as const;

type Usage = Readonly<Record<(typeof PARTS)[number], number>>;

interface WithFiles {
  readonly projectId: number;
  readonly attachments: readonly { readonly size: number }[];
}

/** In bytes. Repositories are as large as their number of pull requests lets one think. */
function usageOf({ data }: ApiRequest, projectId: number): Usage {
  const attached = (records: Iterable<WithFiles>) =>
    sum([...records].filter((record) => record.projectId === projectId).flatMap(({ attachments }) => attachments));
  const pulls = [...data.pullRequests.values()].filter((pull) => pull.projectId === projectId);
  return {
    issue: sweepIssues(data).bytes.get(projectId) ?? 0,
    wiki: attached(data.wikis.values()),
    document: attached(data.documents.values()),
    file: sum([...data.sharedFiles.values()].filter((file) => file.projectId === projectId)),
    subversion: 0,
    git: pulls.length * 10_000,
    gitLFS: 0,
    pullRequest: attached(pulls),
  };
}

function sum(files: readonly { readonly size: number | null }[]): number {
  return files.reduce((total, { size }) => total + (size ?? 0), 0);
}
