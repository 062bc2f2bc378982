import type { ProgressSnapshot, StatementProgress } from '../../../src/jobs/progress/progress.ts';

export function statement(table: string, more: Partial<StatementProgress> = {}): StatementProgress {
  return { table, phase: 'reading', rows: 0, seconds: 0, requests: 0, ...more };
}

export function snapshot(statements: readonly StatementProgress[], waitingUntil?: number): ProgressSnapshot {
  return { statements: statements.map((statement) => ({ ...statement, waitingUntil })) };
}
