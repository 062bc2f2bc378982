import type { BacklogClient, Query } from '../backlog/client.ts';
import { rateClassOf } from '../backlog/rate-class.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Project } from '../streams/projects/project.ts';
import type { ReadSettings, SpaceReader } from '../streams/resource.ts';
import { type SpaceDates, spaceDates } from '../streams/space-dates.ts';
import type { ApiObject } from '../streams/stream.ts';
import { chooseProjects } from './chosen-projects.ts';
import type { CustomFields } from './custom-fields.ts';
import { isConfined } from './failure.ts';
import { without } from './known-projects.ts';
import type { OnRequest } from './request-count.ts';

/** What all resources of a run share: the client, what was read once for all, and the count of requests. */
export interface SpaceReading {
  /** The space as this resource sees it; its requests count as the resource's. */
  readerFor(resource: string): SpaceReader;
  /** By resource. */
  readonly requests: ReadonlyMap<string, number>;
  readonly dates: SpaceDates;
  /** See `SpaceReader`. */
  presentTime(): number;
  /** Which of these projects, by their ids, the user does not see. */
  invisibleAmong(projects: ReadonlySet<string>): Promise<ReadonlySet<string>>;
  /** Which of these projects, by their ids, are proven not to exist any more: an administrator sees all there are. */
  deletedAmong(projects: ReadonlySet<string>): Promise<ReadonlySet<string>>;
}

export interface SpaceReadingOptions {
  readonly client: BacklogClient;
  readonly clock: Clock;
  readonly settings: ReadSettings;
  readonly projectKeys: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly onRequest: OnRequest | undefined;
  /** What was read before the run and need not be asked for again. */
  readonly customFields: CustomFields | undefined;
}

export function readSpace(options: SpaceReadingOptions): SpaceReading {
  const { client, clock, settings, projectKeys, signal, onRequest, customFields } = options;
  const requests = new Map<string, number>();
  const getFor = (resource: string) => {
    return <T>(path: string, query?: Query): Promise<T> => {
      requests.set(resource, (requests.get(resource) ?? 0) + 1);
      onRequest?.(resource, rateClassOf(path));
      return client.get<T>(path, query, signal);
    };
  };
  const presentTime = () => Math.min(client.serverTime(), clock.now());
  const visible = once(async () => customFields?.projects ?? getFor('projects')<readonly Project[]>('/projects'));
  const given = [...(customFields?.lists ?? [])].map(([id, list]) => [fieldsPath(id), Promise.resolve(list)] as const);
  const lists = new Map<string, Promise<readonly ApiObject[]>>(given);
  const listFor = (resource: string, path: string) => {
    const list = lists.get(path) ?? getFor(resource)<readonly ApiObject[]>(path);
    lists.set(path, list);
    list.catch(() => lists.delete(path));
    return list;
  };
  const projects = once(async () => chooseProjects(await visible(), projectKeys));
  const existing = once(() => existingProjects(getFor('projects')));
  const space = once(() => getFor('space')<ApiObject>('/space'));
  const invisibleAmong = async (ids: ReadonlySet<string>) => {
    return ids.size === 0 ? ids : without(ids, idsOf(await visible()));
  };
  return {
    requests,
    presentTime,
    invisibleAmong,
    async deletedAmong(ids) {
      const invisible = await invisibleAmong(ids);
      if (invisible.size === 0) return invisible;
      const all = await existing();
      return all === undefined ? new Set() : without(invisible, all);
    },
    dates: spaceDates(async () => String((await space()).timezone)),
    readerFor: (resource) => ({
      settings,
      get: getFor(resource),
      presentTime,
      projects,
      space,
      customFields: (project) => listFor(resource, fieldsPath(project)),
      knowsCustomFields: (project) => lists.has(fieldsPath(project)),
      repositories: (project) => listFor(resource, repositoriesPath(project)),
      knowsRepositories: (project) => lists.has(repositoriesPath(project)),
    }),
  };
}

function fieldsPath(project: string): string {
  return `/projects/${project}/customFields`;
}

function repositoriesPath(project: string): string {
  return `/projects/${project}/git/repositories`;
}

const ADMINISTRATOR = 1;

/** All projects of the space, also those that the user has not joined; undefined for who is no administrator. */
async function existingProjects(get: SpaceReader['get']): Promise<ReadonlySet<string> | undefined> {
  try {
    const { roleType } = await get<ApiObject>('/users/myself');
    if (roleType !== ADMINISTRATOR) return undefined;
    return idsOf(await get<readonly Project[]>('/projects', { all: 'true' }));
  } catch (error) {
    if (isConfined(error)) return undefined;
    throw error;
  }
}

function idsOf(projects: readonly Project[]): ReadonlySet<string> {
  return new Set(projects.map(({ id }) => String(id)));
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}
