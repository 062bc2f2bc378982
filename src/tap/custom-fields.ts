import { createHash } from 'node:crypto';
import type { BacklogClient } from '../backlog/client.ts';
import type { AppError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import {
  type ColumnNaming,
  type CustomField,
  type CustomFieldColumns,
  customFieldColumns,
} from '../streams/issues/custom-field-columns.ts';
import type { Project } from '../streams/projects/project.ts';
import { schemaOf } from '../streams/schema-file.ts';
import type { ApiObject } from '../streams/stream.ts';
import { chooseProjects } from './chosen-projects.ts';
import { isConfined, isRestriction, warnOfFailure } from './failure.ts';
import type { OnRequest } from './request-count.ts';
import { NO_REQUESTS, type ResourcePlan } from './resource-plan.ts';

/** The stream that gets the columns, and the one that its requests are counted under. */
export const WITH_CUSTOM_FIELDS = 'issues';
const RESOURCE = 'project_custom_fields';

/** The custom fields of the chosen projects as of the beginning of a run, and the columns that they have. */
export interface CustomFields {
  readonly columns: CustomFieldColumns;
  /** All that the key sees. */
  readonly projects: readonly Project[];
  /** The lists as the API gave them, by the ids of their projects. */
  readonly lists: ReadonlyMap<string, readonly ApiObject[]>;
  /** Why there is no list, though there may be fields; by the ids of the projects. */
  readonly failures: ReadonlyMap<string, AppError>;
}

export interface CustomFieldOptions {
  readonly client: BacklogClient;
  readonly naming: ColumnNaming;
  readonly projectKeys: readonly string[] | undefined;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  readonly onRequest?: OnRequest | undefined;
}

/** Asks for the projects, and for the fields of each chosen one. Where the plan has no custom fields, there are none. */
export async function readCustomFields(options: CustomFieldOptions): Promise<CustomFields> {
  const { client, naming, projectKeys, signal, onRequest } = options;
  onRequest?.('projects', 'read');
  const projects = await client.get<readonly Project[]>('/projects', {}, signal);
  const lists = new Map<string, readonly ApiObject[]>();
  const failures = new Map<string, AppError>();
  const read = async (project: Project) => {
    onRequest?.(RESOURCE, 'read');
    const path = `/projects/${project.id}/customFields`;
    const list = await client.get<readonly ApiObject[]>(path, {}, signal).catch((error) => failed(error, project));
    if (Array.isArray(list)) lists.set(String(project.id), list);
  };
  const failed = (error: unknown, project: Project) => {
    if (!isConfined(error)) throw error;
    const failure = { streams: [RESOURCE], slice: project.projectKey, error };
    if (isRestriction(failure)) warnOfFailure(options.log, failure);
    else failures.set(String(project.id), error);
  };
  await Promise.all(chooseProjects(projects, projectKeys).map(read));
  const fields = [...lists].flatMap(([project, list]) => list.flatMap((field) => fieldOf(field, Number(project))));
  const taken = Object.keys(schemaOf(WITH_CUSTOM_FIELDS).properties);
  return { columns: customFieldColumns(fields, naming, taken), projects, lists, failures };
}

function fieldOf({ id, typeId, name, allowInput }: ApiObject, projectId: number): readonly CustomField[] {
  if (typeof id !== 'number' || typeof typeId !== 'number') return [];
  return [{ id, projectId, typeId, name: String(name ?? ''), allowInput: allowInput === true }];
}

/** What the columns of a project's fields are told by; undefined where it has no fields. */
export function markOfColumns({ columns, lists }: CustomFields, project: string): string | undefined {
  const ids = (lists.get(project) ?? []).map(({ id }) => Number(id)).sort((one, other) => one - other);
  const known = ids.flatMap((id) => (columns.byField.has(id) ? [[id, columns.byField.get(id)]] : []));
  if (known.length === 0) return undefined;
  return createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 16);
}

/** What reading them has cost. */
export function requestsForCustomFields({ lists, failures }: CustomFields): readonly ResourcePlan[] {
  const counts = { projects: 1, [RESOURCE]: lists.size + failures.size };
  return Object.entries(counts).map(([resource, read]) => {
    return { resource, streams: [], requests: { ...NO_REQUESTS, read }, isEstimate: false };
  });
}
