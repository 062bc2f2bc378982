import type { ApiObject, Stream, StreamName } from '../stream.ts';

/** The fields of an activity that reading depends on; what is not named here is projected by name. */
export type Activity = ApiObject & {
  readonly id: number;
  readonly type: number;
  readonly created: string;
  readonly content?: unknown;
  readonly project?: ApiObject | null;
  /** Empty in lists (since 2022-02-09). */
  readonly notifications?: readonly ApiObject[] | null;
};

/** Activities as rows: `content` stays as it is, because its shape depends on the type; of the project only the id stays. */
export function activityRows(name: StreamName, selectedByDefault: boolean): Stream<Activity> {
  return {
    name,
    selectedByDefault,
    entries({ fields: { project, notifications, ...fields }, parents }) {
      const told = notifications?.length ? { notifications } : {};
      return [{ fields: { ...fields, ...told, project: project && { id: project.id } }, parents }];
    },
  };
}
