import type { Scribe } from './scribe.ts';
import { seededFileId } from './seeded-issues.ts';

const DIRECTORIES = ['/', '/設計/', '/設計/図面 (v2)/', '/Reports & more/', '/空のフォルダ/'] as const;

/** Each project's own file in the root, and others in directories below it. */
export function seedFiles({ world, past, projectFor, projectCount }: Scribe, count: number): void {
  for (let index = 0; index < projectCount; index += 1) seedRootFile(world, projectFor(index).record);
  for (let index = 0; index < count; index += 1) {
    past.goTo(0.03 + (0.8 * index) / count);
    const projectId = projectFor(index).record.id;
    const dir = DIRECTORIES[Math.floor(index / projectCount) % (DIRECTORIES.length - 1)] ?? '/';
    const { id } = world.addSharedFile({ projectId, dir, name: `資料 ${index + 1} #a%b.xlsx`, size: 1000 + index });
    if (index % 3 === 0) world.updateSharedFile(id, 2000 + index);
  }
}

function seedRootFile(world: Scribe['world'], project: { readonly id: number; readonly memberIds: readonly number[] }) {
  const created = world.clock.now();
  const id = seededFileId(project.id);
  world.sharedFiles.set(id, {
    id,
    projectId: project.id,
    type: 'file',
    dir: '/',
    name: '仕様書 v1.0.pdf',
    size: 204_800,
    createdUserId: project.memberIds[0] ?? 0,
    created,
    updatedUserId: null,
    updated: created,
  });
}
