import type { JobReport, StatementReport } from '../../../src/jobs/report/job-report.ts';

export const issues: StatementReport = {
  statement: 'REPLICATE Issues',
  table: 'Issues',
  verdict: 'OK',
  rows: { read: 1001, inserted: 1000, updated: 1, unchanged: 0, deleted: 0 },
  requests: 12,
  requestsShared: true,
  seconds: 3.21,
  problems: [],
  exitCode: 0,
};

export const copies: StatementReport = {
  statement: 'REPLICATE PROD.Issues SELECT * FROM Issues',
  table: 'PROD.Issues',
  verdict: 'INCOMPLETE',
  exitCode: 1,
  rows: { read: 900, inserted: 900, updated: 0, unchanged: 0, deleted: 3 },
  requests: 12,
  requestsShared: true,
  seconds: 3.2,
  problems: [
    {
      code: 'backlog.forbidden',
      text: { en: 'The key may not read this project.', ja: 'このキーではプロジェクトを読めません。' },
      hint: { en: 'Ask an administrator to add you.', ja: '管理者に追加を依頼してください。' },
      path: 'WEB',
    },
  ],
};

export const report: JobReport = {
  run: 'run-1',
  startedAt: Date.UTC(2026, 3, 1),
  endedAt: Date.UTC(2026, 3, 1, 0, 0, 4),
  source: 'example.backlog.jp',
  destination: '/data/my.db',
  statements: [issues, copies],
  requests: { read: 4, search: 8, icon: 0, update: 0 },
  resources: [
    { resource: 'projects', requests: { read: 1, search: 0, icon: 0, update: 0 } },
    { resource: 'issues', requests: { read: 0, search: 8, icon: 0, update: 0 } },
  ],
};
