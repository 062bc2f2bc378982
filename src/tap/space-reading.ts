import type { BacklogClient, Query } from '../backlog/client.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Project } from '../streams/projects/project.ts';
import type { ReadSettings, SpaceReader } from '../streams/resource.ts';
import { type SpaceDates, spaceDates } from '../streams/space-dates.ts';
import type { ApiObject } from '../streams/stream.ts';
import { chooseProjects } from './chosen-projects.ts';

/** What all resources of a run share: the client, what was read once for all, and the count of requests. */
export interface SpaceReading {
  /** The space as this resource sees it; its requests count as the resource's. */
  readerFor(resource: string): SpaceReader;
  /** By resource. */
  readonly requests: ReadonlyMap<string, number>;
  readonly dates: SpaceDates;
}

export interface SpaceReadingOptions {
  readonly client: BacklogClient;
  readonly clock: Clock;
  readonly settings: ReadSettings;
  readonly projectKeys: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly onRequest: ((resource: string) => void) | undefined;
}

export function readSpace(options: SpaceReadingOptions): SpaceReading {
  const { client, clock, settings, projectKeys, signal, onRequest } = options;
  const requests = new Map<string, number>();
  const getFor = (resource: string) => {
    return <T>(path: string, query?: Query): Promise<T> => {
      requests.set(resource, (requests.get(resource) ?? 0) + 1);
      onRequest?.(resource);
      return client.get<T>(path, query, signal);
    };
  };
  const projects = once(async () =>
    chooseProjects(await getFor('projects')<readonly Project[]>('/projects'), projectKeys),
  );
  const space = once(() => getFor('space')<ApiObject>('/space'));
  return {
    requests,
    dates: spaceDates(async () => String((await space()).timezone)),
    readerFor: (resource) => ({
      settings,
      get: getFor(resource),
      presentTime: () => Math.min(client.serverTime(), clock.now()),
      projects,
      space,
    }),
  };
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => {
    started ??= start();
    return started;
  };
}
