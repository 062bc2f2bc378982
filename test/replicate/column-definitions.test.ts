import { describe, expect, it } from 'vitest';
import { failure, issue, rowWise, whole } from './prepared-query.ts';

describe('a list of column definitions', () => {
  it('names the columns, their types and the key', async () => {
    const query = await rowWise(
      'REPLICATE x (Id INTEGER, IssueKey VARCHAR(50), Updated DATETIME, PRIMARY KEY(Id)) SELECT Id, Updated, IssueKey FROM Issues',
    );
    expect(query.schema.properties).toStrictEqual({
      Id: { type: ['integer', 'null'], description: 'Number of the issue.' },
      IssueKey: { type: ['string', 'null'], maxLength: 50 },
      Updated: { type: ['string', 'null'], format: 'date-time' },
    });
    expect(query.keyProperties).toStrictEqual(['Id']);
    expect(query.apply([issue({})]).rows).toStrictEqual([{ Id: 1, IssueKey: 'A-1', Updated: '2024-01-02T03:04:05Z' }]);
  });

  it('renames the columns at the same places', async () => {
    const query = await rowWise('REPLICATE x (Ticket BIGINT, Title TEXT) SELECT Id, Summary FROM Issues WHERE Id > 1');
    expect(query.keyProperties).toStrictEqual(['Ticket']);
    expect(query.apply([issue({ id: 2 }), issue({})])).toStrictEqual({
      rows: [{ Ticket: 2, Title: 'Login fails' }],
      gone: [{ Ticket: 1 }],
    });
  });

  it('may choose another key, at the price of full readings', async () => {
    const query = await whole('REPLICATE x (Id INT, IssueKey TEXT, PRIMARY KEY (IssueKey)) Issues');
    expect(query.keyProperties).toStrictEqual(['IssueKey']);
    const copy = query.stage();
    copy.upsert('issues', [issue({})]);
    expect([...copy.result()].flat()).toStrictEqual([{ Id: 1, IssueKey: 'A-1' }]);
    copy.close();
  });

  it('answers a column that is not there with the nearest names', async () => {
    expect(await failure('REPLICATE x (Id INT, Id INT) Issues')).toMatchObject({
      message: 'column Id is defined twice',
    });
    const error = await failure('REPLICATE x (Id INT, Sumary TEXT) Issues');
    expect(error).toMatchObject({ message: 'there is no column Sumary' });
    expect(error.hint?.en).toBe('Did you mean: Summary?');
  });
});
