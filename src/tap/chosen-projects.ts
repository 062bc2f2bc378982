import { ConfigurationError } from '../runtime/errors.ts';
import type { Project } from '../streams/projects/project.ts';

/** The projects with these keys or ids, or all of them. A key may be written in any case. */
export function chooseProjects(projects: readonly Project[], keys: readonly string[] | undefined): readonly Project[] {
  if (keys === undefined || keys.length === 0) return projects;
  const chosen = new Set(keys.map((key) => findProject(projects, key)));
  return projects.filter((project) => chosen.has(project));
}

function findProject(projects: readonly Project[], key: string): Project {
  const wanted = key.trim().toUpperCase();
  const found = projects.find(({ id, projectKey }) => projectKey.toUpperCase() === wanted || String(id) === wanted);
  if (!found) throw unknownProject(key, projects);
  return found;
}

function unknownProject(key: string, projects: readonly Project[]): ConfigurationError {
  const keys = projects.map(({ projectKey }) => projectKey).sort();
  return new ConfigurationError({
    code: 'config.unknown-project',
    path: 'project_keys',
    text: {
      en: `The API key sees no project ${key}`,
      ja: `APIキーの所有者が参加しているプロジェクトに ${key} はありません`,
    },
    hint: {
      en: keys.length > 0 ? `It sees: ${keys.join(', ')}` : 'It sees no project at all; join it to one first.',
      ja:
        keys.length > 0
          ? `参照できるプロジェクト: ${keys.join(', ')}`
          : '参照できるプロジェクトが1つもありません。先にプロジェクトに参加してください。',
    },
  });
}
