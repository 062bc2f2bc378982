import type { Message } from '../message/message.ts';
import { union } from './known-projects.ts';
import type { Ledger } from './ledger.ts';
import type { Prepared } from './preparation.ts';
import { PROJECT_COLUMN, streamsOf } from './selection-plan.ts';

/** What goes with projects that are proven to be deleted: everything of theirs, in every table that tells the project. */
export function departuresOf({ plan, arranged, space }: Prepared, ledger: Ledger): readonly Message[] {
  const projects = union(arranged.map(({ deletedProjects }) => deletedProjects));
  if (projects.size === 0) return [];
  const ids = [...projects].map(Number);
  const deletedAt = new Date(space.presentTime()).toISOString();
  const messages = plan.flatMap((planned) => {
    const own = planned.resource.itemsAreProjects ? planned.streams.map(({ name }) => name) : [];
    const parted = streamsOf(planned).filter(({ parts }) => parts === 'projects');
    for (const { name } of parted) ledger.forget(name, projects);
    return ids.flatMap((id): readonly Message[] => [
      ...own.map((stream) => ({ type: 'tombstone', stream, record: { id }, deletedAt }) as const),
      ...parted.map(({ name }) => ({ type: 'activatePart', stream: name, part: { [PROJECT_COLUMN]: id } }) as const),
    ]);
  });
  return [...messages, ledger.state()];
}
