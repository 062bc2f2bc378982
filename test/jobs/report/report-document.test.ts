import { expect, it } from 'vitest';
import { reportDocument } from '../../../src/jobs/report/report-document.ts';
import { report } from './sample-report.ts';

it('says in one document what the table says', () => {
  expect(JSON.parse(JSON.stringify(reportDocument(report, 'en')))).toEqual({
    run_id: 'run-1',
    started_at: '2026-04-01T00:00:00.000Z',
    ended_at: '2026-04-01T00:00:04.000Z',
    source: 'example.backlog.jp',
    destination: '/data/my.db',
    exit_code: 1,
    status: 'INCOMPLETE',
    requests: 12,
    requests_by_budget: { read: 4, search: 8, icon: 0, update: 0 },
    requests_for_no_resource: { read: 3, search: 0, icon: 0, update: 0 },
    resources: [
      { resource: 'projects', requests: { read: 1, search: 0, icon: 0, update: 0 } },
      { resource: 'issues', requests: { read: 0, search: 8, icon: 0, update: 0 } },
    ],
    seconds: 4,
    statements: [
      {
        statement: 'REPLICATE Issues',
        table: 'Issues',
        status: 'OK',
        rows_read: 1001,
        inserted: 1000,
        updated: 1,
        unchanged: 0,
        deleted: 0,
        requests: 12,
        requests_shared: true,
        seconds: 3.21,
        problems: [],
      },
      {
        statement: 'REPLICATE PROD.Issues SELECT * FROM Issues',
        table: 'PROD.Issues',
        status: 'INCOMPLETE',
        rows_read: 900,
        inserted: 900,
        updated: 0,
        unchanged: 0,
        deleted: 3,
        requests: 12,
        requests_shared: true,
        seconds: 3.2,
        problems: [
          {
            code: 'backlog.forbidden',
            message: 'The key may not read this project.',
            hint: 'Ask an administrator to add you.',
            path: 'WEB',
          },
        ],
      },
    ],
  });
});

it('tells the signal of a run that was ended by one', () => {
  expect(reportDocument({ ...report, signal: 'SIGTERM' }, 'en')).toMatchObject({
    signal: 'SIGTERM',
    exit_code: 143,
  });
});

it('tells what had been planned, where something had', () => {
  const requests = { read: 0, search: 8, icon: 0, update: 0 };
  const planned = { requests: { ...requests, search: 9 }, isEstimate: true };
  const document = reportDocument({ ...report, resources: [{ resource: 'issues', requests, planned }] }, 'en');
  expect(document).toMatchObject({
    resources: [{ resource: 'issues', requests, planned: { search: 9 }, planned_is_estimate: true }],
  });
});
