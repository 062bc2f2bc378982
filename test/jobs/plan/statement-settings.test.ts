import { describe, expect, it } from 'vitest';
import { optionNotices } from '../../../src/jobs/plan/option-notices.ts';
import { statementSettings } from '../../../src/jobs/plan/statement-settings.ts';
import { parseStatements } from '../../../src/replicate/parse-statements.ts';
import type { ReplicateStatement } from '../../../src/replicate/statement.ts';

function statement(options: string): ReplicateStatement {
  const [parsed] = parseStatements(`REPLICATE Issues ${options}`, 'q.sql');
  if (parsed === undefined) throw new Error('no statement');
  return parsed;
}

const settings = (options: string) => statementSettings(statement(options));

describe('statementSettings', () => {
  it('has the defaults of CData', () => {
    expect(settings('')).toEqual({
      replace: false,
      recreate: false,
      batchRows: 1000,
      deletion: 'delete',
      allowMassDeletion: false,
    });
  });

  it.each([
    ['WITH DropTable', { replace: true, recreate: true }],
    ['WITH DropTable=false', { replace: false, recreate: false }],
    ['WITH TruncateTable', { replace: true, recreate: false }],
    ['WITH RefreshTable=true', { replace: true, recreate: false }],
    ['WITH BatchSize=50', { batchRows: 50 }],
    ['WITH AllowMassDeletion', { allowMassDeletion: true }],
    ['WITH SkipDeleted', { deletion: 'ignore' }],
    ["WITH DeletionBehavior='Soft Delete'", { deletion: 'mark' }],
    ["WITH DeletionBehavior='HardDelete'", { deletion: 'delete' }],
    ["WITH DeletionBehavior='skip_delete'", { deletion: 'ignore' }],
    ["WITH ReplicateStartDate='2024-01-31'", { startDate: '2024-01-31' }],
    ["WITH ReplicateStartDate='2024-01-31 09:00:00'", { startDate: '2024-01-31T09:00:00Z' }],
    ["WITH ReplicateStartDate='2024-01-31T09:00+09:00'", { startDate: '2024-01-31T00:00:00Z' }],
  ])('reads %s', (options, expected) => {
    expect(settings(options)).toMatchObject(expected);
  });

  it.each([
    ["WITH DeletionBehavior='sometimes'", /sometimes/],
    ["WITH ReplicateStartDate='yesterday'", /yesterday/],
    ["WITH ReplicateStartDate='2024-13-01'", /2024-13-01/],
    ["WITH ReplicateStartDate='2024-01-31 25:00'", /25:00/],
  ])('refuses %s, saying where and what it can be', (options, says) => {
    expect(() => settings(options)).toThrow(says);
    expect(() => settings(options)).toThrow(
      expect.objectContaining({ code: 'replicate.option-value', path: 'q.sql:1:1', recovery: 'configuration' }),
    );
  });
});

describe('optionNotices', () => {
  it('tells of options that ask for what does not happen', () => {
    const [notice, ...others] = optionNotices(statement('WITH AlterSchema=false'));
    expect(notice?.en).toContain('q.sql:1:1: AlterSchema has no effect');
    expect(notice?.ja).toContain('AlterSchema');
    expect(others).toEqual([]);
  });

  it('says nothing where what is asked for happens anyway', () => {
    expect(optionNotices(statement('WITH AlterSchema=true, ContinueOnError=true, AutoTruncateStrings=false'))).toEqual(
      [],
    );
  });
});
