import type { CatalogStream } from '../../src/message/catalog.ts';
import type { JsonSchema } from '../../src/message/schema.ts';

const id: JsonSchema = { type: 'integer' };
const text: JsonSchema = { type: ['string', 'null'] };

function stream(name: string, keyProperties: readonly string[], properties: Record<string, JsonSchema>): CatalogStream {
  return {
    name,
    schema: { type: 'object', properties },
    keyProperties,
    replicationMethod: 'FULL_TABLE',
    selectedByDefault: true,
  };
}

/** A handful of streams in the shape that the catalog has. */
export const STREAMS: readonly CatalogStream[] = [
  stream('issues', ['id'], {
    id: { ...id, description: 'Number of the issue.' },
    project_id: id,
    issue_key: text,
    issue_type_id: { type: ['integer', 'null'] },
    summary: { ...text, description: 'Title.' },
    estimated_hours: { type: ['number', 'null'] },
    archived: { type: ['boolean', 'null'] },
    due_date: { type: ['string', 'null'], format: 'date' },
    updated: { type: ['string', 'null'], format: 'date-time' },
    custom_fields: { type: ['array', 'null'] },
  }),
  stream('projects', ['id'], { id, project_key: text, name: text }),
  stream('project_statuses', ['project_id', 'id'], { project_id: id, id, name: text }),
  stream('issue_comments', ['id'], { id, issue_id: id, content: text, created_user_id: id }),
  stream('space', ['space_key'], { space_key: { type: 'string' }, name: text }),
];
