import { SkippableError } from '../runtime/errors.ts';
import type { Project } from './projects/project.ts';
import type { Slice, SpaceReader } from './resource.ts';

/**
 * What is not found may be deleted, or its project may have gone out of sight since the run began; then nothing is
 * proven by its absence (invariant 5), and this throws. Costs a request.
 */
export async function requireInSight(reader: SpaceReader, slices: readonly Slice[]): Promise<void> {
  if (slices.every(({ project }) => project === undefined)) return;
  const visible = new Set((await reader.get<readonly Project[]>('/projects')).map(({ id }) => id));
  const lost = slices.find(({ project }) => project && !visible.has(project.id));
  if (lost) throw outOfSight(lost);
}

function outOfSight({ label }: Slice): SkippableError {
  return new SkippableError({
    code: 'backlog.out-of-sight',
    path: label,
    text: {
      en: 'The project went out of sight of the API key while it was being read',
      ja: '読み込み中に、APIキーの所有者からプロジェクトが見えなくなりました',
    },
    hint: {
      en: 'Join the owner of the key to the project again; the next run then goes on where this one stopped.',
      ja: 'キーの所有者をプロジェクトに再び参加させてください。次回の実行で続きから読み込みます。',
    },
  });
}
