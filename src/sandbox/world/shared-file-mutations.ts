import { ACTIVITY, type ActivityType } from './activity.ts';
import { type Authorship, stamp, touch } from './authorship.ts';
import { found } from './lookup.ts';
import type { SharedFile } from './records.ts';
import { logActivity, type WorldData } from './world-data.ts';

export interface NewSharedFile extends Authorship {
  readonly projectId: number;
  /** With a slash at both ends; directories that are missing are made. */
  readonly dir: string;
  readonly name: string;
  readonly size: number;
}

export interface SharedFileMutations {
  addSharedFile(file: NewSharedFile): SharedFile;
  updateSharedFile(id: number, size: number, userId?: number): SharedFile;
  /** A directory goes together with all that is in it; the feed tells of each file. */
  deleteSharedFile(id: number): void;
}

export function sharedFileMutations(data: WorldData): SharedFileMutations {
  return {
    addSharedFile: (file) => addSharedFile(data, file),
    updateSharedFile: (id, size, userId) => {
      const file = { ...found(data.sharedFiles, id, 'shared file'), size, ...touch(data, userId) };
      data.sharedFiles.set(id, file);
      tell(data, ACTIVITY.fileUpdated, file);
      return file;
    },
    deleteSharedFile: (id) => deleteSharedFile(data, id),
  };
}

export function filesIn(data: WorldData, projectId: number, dir: string): readonly SharedFile[] {
  return [...data.sharedFiles.values()].filter((file) => file.projectId === projectId && file.dir === dir);
}

function addSharedFile(data: WorldData, { projectId, dir, name, size, ...authorship }: NewSharedFile): SharedFile {
  makeDirectories(data, projectId, dir, authorship);
  const { createdUserId, created } = stamp(data, authorship);
  const file: SharedFile = {
    id: data.ids.next('sharedFile'),
    projectId,
    type: 'file',
    dir,
    name,
    size,
    createdUserId,
    created,
    updatedUserId: null,
    updated: created,
  };
  data.sharedFiles.set(file.id, file);
  if (authorship.created === undefined) tell(data, ACTIVITY.fileAdded, file);
  return file;
}

function makeDirectories(data: WorldData, projectId: number, dir: string, authorship: Authorship): void {
  let parent = '/';
  for (const name of dir.split('/').filter((part) => part !== '')) {
    const there = filesIn(data, projectId, parent).some((file) => file.name === name && file.type === 'directory');
    if (!there) makeDirectory(data, projectId, parent, name, authorship);
    parent += `${name}/`;
  }
}

function makeDirectory(data: WorldData, projectId: number, dir: string, name: string, authorship: Authorship): void {
  const { createdUserId, created } = stamp(data, authorship);
  const id = data.ids.next('sharedFile');
  const fixed = { type: 'directory', size: null, updatedUserId: null, updated: null } as const;
  data.sharedFiles.set(id, { id, projectId, dir, name, createdUserId, created, ...fixed });
}

function deleteSharedFile(data: WorldData, id: number): void {
  const file = found(data.sharedFiles, id, 'shared file');
  data.sharedFiles.delete(id);
  if (file.type === 'file') {
    tell(data, ACTIVITY.fileDeleted, { ...file, ...touch(data, undefined) });
    return;
  }
  for (const inside of filesIn(data, file.projectId, `${file.dir}${file.name}/`)) deleteSharedFile(data, inside.id);
}

function tell(data: WorldData, type: ActivityType, file: SharedFile): void {
  const { id, dir, name, size, projectId } = file;
  logActivity(data, {
    projectId,
    type,
    content: { id, dir, name, size },
    createdUserId: file.updatedUserId ?? file.createdUserId,
    created: file.updated ?? file.created,
  });
}
