import { SkippableError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';
import type { Slice } from './resource.ts';

/** What a project can switch off, by the field of the project that tells it. */
export type Feature = 'useWiki' | 'useDocument' | 'useFileSharing' | 'useGit';

const NAMES: Readonly<Record<Feature, Text>> = {
  useWiki: { en: 'The wiki', ja: 'Wiki' },
  useDocument: { en: 'Documents', ja: 'ドキュメント' },
  useFileSharing: { en: 'File sharing', ja: 'ファイル共有' },
  useGit: { en: 'Git', ja: 'Git' },
};

/**
 * Spares the request that Backlog would refuse. What was read before the feature was switched off stays, because its
 * absence proves nothing (invariant 5). Where the API does not say, the request decides.
 */
export function requireFeature({ project, label }: Slice, feature: Feature): void {
  if (project?.[feature] !== false) return;
  const { en, ja } = NAMES[feature];
  throw new SkippableError({
    code: 'backlog.feature-off',
    path: label,
    text: { en: `${en}: switched off in this project`, ja: `${ja}はこのプロジェクトで無効になっています` },
    hint: {
      en: 'Switch it on in the project settings, or leave the stream out of the selection.',
      ja: 'プロジェクト設定で有効にするか、対象から外してください。',
    },
  });
}
