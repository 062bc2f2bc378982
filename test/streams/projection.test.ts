import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../src/message/schema.ts';
import { columnName } from '../../src/streams/column-name.ts';
import { compileProjection } from '../../src/streams/projection.ts';
import { schemaOf } from '../../src/streams/schema-file.ts';
import { spaceDates } from '../../src/streams/space-dates.ts';
import type { ApiObject } from '../../src/streams/stream.ts';
import { offeredStreams } from '../../src/tap/catalog.ts';

const nullable = (type: string, format?: string): JsonSchema => ({ type: [type, 'null'], ...(format && { format }) });

const COLUMNS = {
  id: { type: 'integer' },
  issue_id: { type: 'integer' },
  name: nullable('string'),
  flag: nullable('boolean'),
  hours: nullable('number'),
  due_date: nullable('string', 'date'),
  created: nullable('string', 'date-time'),
  assignee_id: nullable('integer'),
  assignee_name: nullable('string'),
  tags: nullable('array'),
  additional_fields: nullable('object'),
};

const dates = spaceDates(async () => 'Asia/Tokyo');

const EMPTY = Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, null]));

function project(fields: ApiObject, isWanted: (column: string) => boolean = () => true, elsewhere: string[] = []) {
  return compileProjection({ columns: COLUMNS, isWanted, elsewhere })({ fields, parents: { issue_id: 7 } }, dates);
}

describe('a projection', () => {
  test('flattens nested objects into prefixed columns and takes what parents give', () => {
    expect(project({ id: 0, name: 'a', assignee: { id: 5, name: 'b' }, dueDate: '2026-04-01T00:00:00Z' })).toEqual({
      ...EMPTY,
      id: 0,
      issue_id: 7,
      name: 'a',
      assignee_id: 5,
      assignee_name: 'b',
      due_date: '2026-04-01',
    });
  });

  test('makes null of what is null or absent, nested or not', () => {
    expect(project({ id: 1, assignee: null, name: undefined })).toEqual({ ...EMPTY, id: 1, issue_id: 7 });
  });

  test('keeps fields without a column by their path', () => {
    const fields = { id: 1, mood: 'good', assignee: { id: 5, badge: { level: 3 } }, nothing: null };
    expect(project(fields).additional_fields).toEqual({ mood: 'good', 'assignee.badge': { level: 3 } });
  });

  test('keeps values that do not fit their column, and leaves the column empty', () => {
    const fields = {
      id: 1,
      flag: 'yes',
      hours: 'many',
      created: 'then',
      assignee: 'somebody',
      tags: 'a,b',
      dueDate: 5,
    };
    const { issueId: _, ...misfits } = { ...fields, issueId: 0 };
    const { id, ...rest } = misfits;
    expect(project(fields)).toEqual({ ...EMPTY, id, issue_id: 7, additional_fields: rest });
  });

  test('keeps a day that the calendar does not have, which databases refuse and JavaScript moves', () => {
    const fields = { id: 1, dueDate: '2026-02-29T00:00:00Z', created: '2026-02-30T10:00:00Z' };
    const { id, ...rest } = fields;
    expect(project(fields)).toEqual({ ...EMPTY, id, issue_id: 7, additional_fields: rest });
    expect(project({ id: 1, dueDate: '2028-02-29', created: '2024-12-31T23:59:59Z' })).toMatchObject({
      due_date: '2028-02-29',
      created: '2024-12-31T23:59:59Z',
      additional_fields: null,
    });
  });

  test('reads numbers that are written as text, and instants that are written as numbers', () => {
    expect(project({ id: '12', hours: '1.5', created: 0 })).toMatchObject({
      id: 12,
      hours: 1.5,
      created: '1970-01-01T00:00:00.000Z',
    });
  });

  test('leaves out what other streams have, and what changes in an embedded user without the row changing', () => {
    const assignee = { id: 1, lastLoginTime: '2026-01-01T00:00:00Z', nulabAccount: {}, keyword: 'x' };
    expect(project({ id: 1, stars: [1], assignee }, undefined, ['stars']).additional_fields).toBeNull();
    expect(project({ id: 1, keyword: 'x' }).additional_fields).toEqual({ keyword: 'x' });
  });

  test('has the wanted columns alone; an unwanted one is not an additional field', () => {
    const wanted = new Set(['id', 'additional_fields']);
    expect(project({ id: 1, name: 'a', mood: 'b' }, (column) => wanted.has(column))).toEqual({
      id: 1,
      additional_fields: { mood: 'b' },
    });
  });

  test('takes names that mean something to JavaScript for what they are', () => {
    const fields: ApiObject = JSON.parse('{"id":1,"__proto__":"a","constructor":"b","toString":{"c":"d"}}');
    const additional = JSON.stringify(project(fields).additional_fields);
    expect(additional).toBe('{"__proto__":"a","constructor":"b","toString":{"c":"d"}}');
  });

  test('loses nothing of any object', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 2 }), (fields) => {
        const row = project(fields as ApiObject);
        const kept = JSON.stringify(row);
        for (const value of leaves(fields))
          if (typeof value === 'string') expect(kept).toContain(JSON.stringify(value));
      }),
    );
  });
});

function leaves(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leaves);
}

test('columns are named after fields', () => {
  expect(['issueKey', 'id', 'gitLFS', 'useOriginalImageSizeAtWiki', 'URLText'].map(columnName)).toEqual([
    'issue_key',
    'id',
    'git_lfs',
    'use_original_image_size_at_wiki',
    'url_text',
  ]);
});

describe('dates', () => {
  test('at midnight are taken as they stand, without asking for the time zone', async () => {
    const asked: string[] = [];
    const lazy = spaceDates(async () => String(asked.push('asked')));
    expect(lazy.dateOf('2026-05-20T00:00:00Z')).toBe('2026-05-20');
    expect(lazy.dateOf('2026-05-20')).toBe('2026-05-20');
    expect(await lazy.settle()).toBe(false);
    expect(asked).toEqual([]);
  });

  test.each([
    ['Asia/Tokyo', '2014-07-23T15:00:00Z', '2014-07-24'],
    ['America/Los_Angeles', '2014-07-23T07:00:00Z', '2014-07-23'],
    ['Pacific/Kiritimati', '2014-07-23T10:00:00Z', '2014-07-24'],
    ['Nowhere/AtAll', '2014-07-23T15:00:00Z', '2014-07-23'],
  ])('at midnight in %s are those of that place', async (zone, value, date) => {
    const local = spaceDates(async () => zone);
    expect(local.dateOf(value)).toBeUndefined();
    expect(await local.settle()).toBe(true);
    expect(local.dateOf(value)).toBe(date);
    expect(await local.settle()).toBe(false);
  });

  test.each([
    ...['soon', 5, {}, '', '2026-02-29', '2026-02-29T00:00:00Z', '2026-02-30T15:00:00Z', '2026-13-01', '2026-04-31'],
    ...['0000-01-01', '2026-04-00'],
  ])('are not made of %j', (value) => {
    expect(dates.dateOf(value)).toBeUndefined();
  });
});

describe('schemas', () => {
  test.each(offeredStreams().map(({ name }) => name))('%s: key columns are never null, all others may be', (stream) => {
    const { properties, required } = schemaOf(stream);
    expect(required.length).toBeGreaterThan(0);
    for (const [column, { type, description }] of Object.entries(properties)) {
      expect(Array.isArray(type)).toBe(!required.includes(column));
      expect(description).toMatch(/\.$/);
    }
    expect(properties).toHaveProperty('additional_fields');
    expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]));
  });
});
