import { describe, expect, it } from 'vitest';
import { issue, whole } from './prepared-query.ts';

describe('a SELECT over several rows', () => {
  it('runs over a copy of all rows that it needs', async () => {
    const query = await whole(
      `REPLICATE x SELECT p.ProjectKey, p.Name, COUNT(i.Id) AS Issues, SUM(i.EstimatedHours) AS Hours
       FROM Projects p LEFT JOIN Issues i ON i.ProjectId = p.Id GROUP BY p.Id ORDER BY p.ProjectKey`,
    );
    expect(query.streams).toStrictEqual(['issues', 'projects']);
    const copy = query.stage();
    copy.upsert('projects', [
      { id: 1, project_key: 'A', name: 'Alpha' },
      { id: 2, project_key: 'B', name: 'Beta' },
    ]);
    copy.upsert('issues', [
      issue({ project_id: 1, estimated_hours: 1.5 }),
      issue({ id: 2, project_id: 1, estimated_hours: 2 }),
    ]);
    copy.upsert('issues', [issue({ id: 2, project_id: 1, estimated_hours: 3 }), issue({ id: 3, project_id: 2 })]);
    copy.delete('issues', [{ id: 3 }]);
    expect([...copy.result()].flat()).toStrictEqual([
      { ProjectKey: 'A', Name: 'Alpha', Issues: 2, Hours: 4.5 },
      { ProjectKey: 'B', Name: 'Beta', Issues: 0, Hours: null },
    ]);
    copy.close();
  });

  it('gives its rows in groups', async () => {
    const copy = (await whole('REPLICATE x SELECT DISTINCT Id FROM Issues')).stage();
    copy.upsert(
      'issues',
      Array.from({ length: 1001 }, (_, id) => ({ id })),
    );
    expect([...copy.result()].map((group) => group.length)).toStrictEqual([500, 500, 1]);
    copy.close();
  });

  it('names equal columns apart', async () => {
    const query = await whole(
      'REPLICATE x SELECT * FROM ProjectStatuses s JOIN Projects p ON p.Id = s.ProjectId, Projects q',
    );
    expect(query.columns.map(({ name }) => name)).toStrictEqual([
      ...['ProjectId', 'Id', 'Name', 'ProjectsId', 'ProjectKey', 'ProjectsName'],
      ...['Id2', 'ProjectsProjectKey', 'Name2'],
    ]);
  });

  it('may have nulls where an outer join finds nothing', async () => {
    const query = await whole(
      'REPLICATE x SELECT i.Id, p.Id AS P FROM Issues i LEFT JOIN Projects p ON p.Id = i.ProjectId',
    );
    expect(query.schema.properties?.P).toStrictEqual({ type: ['integer', 'null'] });
  });

  it('does not take the second half of a UNION for the first', async () => {
    const query = await whole('REPLICATE x SELECT CustomFields AS a FROM Issues UNION ALL SELECT Name FROM Projects');
    const copy = query.stage();
    copy.upsert('projects', [{ id: 1, name: 'not JSON' }]);
    copy.upsert('issues', [issue({ custom_fields: [1] })]);
    expect([...copy.result()].flat()).toStrictEqual([{ a: '[1]' }, { a: 'not JSON' }]);
    expect(query.schema.properties?.a).toStrictEqual({ type: ['string', 'null'] });
    copy.close();
  });
});
