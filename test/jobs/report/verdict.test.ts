import { expect, it } from 'vitest';
import type { StatementReport } from '../../../src/jobs/report/job-report.ts';
import { exitCodeOfReport, worstVerdict } from '../../../src/jobs/report/verdict.ts';
import { copies as incomplete, issues as ok, report } from './sample-report.ts';

const failed: StatementReport = { ...ok, verdict: 'FAILED', exitCode: 1 };
const unreachable: StatementReport = { ...failed, exitCode: 3 };

it('takes the worst status of the statements for the whole', () => {
  expect(worstVerdict([])).toBe('OK');
  expect(worstVerdict([ok])).toBe('OK');
  expect(worstVerdict([ok, incomplete])).toBe('INCOMPLETE');
  expect(worstVerdict([incomplete, failed, ok])).toBe('FAILED');
});

it.each([
  ['all done', [ok, ok], 0],
  ['something not read', [ok, incomplete], 1],
  ['a statement failed', [ok, failed], 1],
  ['nothing reachable', [unreachable, unreachable], 3],
  ['nothing to do', [], 0],
  ['the database gave out during one of two', [ok, unreachable], 1],
])('%s: exit code', (_, statements, code) => {
  expect(exitCodeOfReport({ ...report, statements })).toBe(code);
});

it('tells the signal that ended the run, whatever became of the statements', () => {
  expect(exitCodeOfReport({ ...report, statements: [ok], signal: 'SIGTERM' })).toBe(143);
  expect(exitCodeOfReport({ ...report, statements: [failed], signal: 'SIGINT' })).toBe(130);
});
