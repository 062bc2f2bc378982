import { sharedFileBody } from '../bodies/file-body.ts';
import type { Body } from '../bodies/view.ts';
import { noSuch } from '../http/api-error.ts';
import { byOffset } from '../http/paging.ts';
import { type ApiRequest, type BinaryBody, read } from '../http/route.ts';
import type { ProjectRecord } from '../world/project.ts';
import { filesIn } from '../world/shared-file-mutations.ts';
import { existing, idAt, projectAt } from './access.ts';
import { fileOf } from './binaries.ts';
import { requireFeature } from './features.ts';

/** By the newest documentation; older ones say 20 and 100. */
const PAGE = 1000;

export const sharedFileRoutes = [
  read('/projects/:project/files/metadata/*directory', listDirectory),
  read('/projects/:project/files/:file', downloadFile),
];

/** One directory, not what lies below it. */
function listDirectory(request: ApiRequest): readonly Body[] {
  const project = fileProject(request);
  const names = (request.path.directory ?? '').split('/').filter((name) => name !== '');
  const dir = names.length === 0 ? '/' : `/${names.join('/')}/`;
  if (dir !== '/' && !isDirectory(request, project.id, names)) throw noSuch('directory');
  const { query } = request;
  const ascending = [...filesIn(request.data, project.id, dir)].sort((one, other) => one.id - other.id);
  const files = query.order() === 'asc' ? ascending : ascending.reverse();
  return byOffset(files, query.page(PAGE, PAGE)).map((file) => sharedFileBody(request, file));
}

function isDirectory({ data }: ApiRequest, projectId: number, names: readonly string[]): boolean {
  const above = names.slice(0, -1);
  const dir = above.length === 0 ? '/' : `/${above.join('/')}/`;
  return filesIn(data, projectId, dir).some(({ name, type }) => type === 'directory' && name === names.at(-1));
}

function downloadFile(request: ApiRequest): BinaryBody {
  const project = fileProject(request);
  const file = existing(request.data.sharedFiles.get(idAt(request, 'file')), 'file');
  if (file.projectId !== project.id || file.type === 'directory') throw noSuch('file');
  return fileOf(file);
}

function fileProject(request: ApiRequest): ProjectRecord {
  const project = projectAt(request);
  requireFeature(request, project, 'fileSharing');
  return project;
}
