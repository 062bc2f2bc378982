import { describe, expect, it } from 'vitest';
import { renderReport } from '../../../src/jobs/report/render-report.ts';
import { displayWidth } from '../../../src/jobs/terminal/display-width.ts';
import { copies, issues, report } from './sample-report.ts';

describe('renderReport', () => {
  it('shows one line per statement, the total, and below the problems with their hints', () => {
    expect(renderReport(report, 'en')).toEqual([
      'Statement                                   Table        Rows read  Inserted  Updated  Deleted  Requests  Seconds  Status',
      '──────────────────────────────────────────  ───────────  ─────────  ────────  ───────  ───────  ────────  ───────  ──────────',
      'REPLICATE Issues                            Issues           1,001     1,000        1        0       12*      3.2  OK',
      'REPLICATE PROD.Issues SELECT * FROM Issues  PROD.Issues        900       900        0        3       12*      3.2  INCOMPLETE',
      'Total                                                        1,901     1,900        1        3        12      4.0',
      '* These requests served several statements at once; the total counts each of them once.',
      '',
      'Resource                          Read  Search',
      '────────────────────────────────  ────  ──────',
      'projects                             1       0',
      'issues                               0       8',
      '(account, limits, plan, repeats)     3       0',
      'Total                                4       8',
      'PROD.Issues: WEB: The key may not read this project. [backlog.forbidden]\n  → Ask an administrator to add you.',
    ]);
  });

  it('shows planned requests beside the actual ones, also where either is missing', () => {
    const none = { read: 0, search: 0, icon: 0, update: 0 };
    const resources = [
      { resource: 'projects', requests: { ...none, read: 1 }, planned: { requests: none, isEstimate: false } },
      {
        resource: 'issues',
        requests: { ...none, search: 8 },
        planned: { requests: { ...none, search: 9 }, isEstimate: true },
      },
      { resource: 'wikis', requests: none, planned: { requests: { ...none, read: 1200 }, isEstimate: false } },
    ];
    const lines = renderReport({ ...report, statements: [issues], resources }, 'en');
    expect(lines.slice(lines.indexOf('') + 1)).toEqual([
      'Resource                          Read, planned  Read  Search, planned  Search',
      '────────────────────────────────  ─────────────  ────  ───────────────  ──────',
      'projects                                      0     1                0       0',
      'issues                                        0     0              ≤ 9       8',
      'wikis                                     1,200     0                0       0',
      '(account, limits, plan, repeats)                    3                        0',
      'Total                                   ≤ 1,200     4              ≤ 9       8',
      '≤ marks an upper bound: how many there are is only known when they are read.',
    ]);
  });

  it('lines up in Japanese too', () => {
    const [head = '', rule = '', first = ''] = renderReport(report, 'ja');
    expect(head).toContain('読込行数');
    expect(displayWidth(head.slice(0, head.indexOf('状態')))).toBe(rule.lastIndexOf(' ') + 1);
    expect(displayWidth(first.slice(0, first.indexOf('OK')))).toBe(rule.lastIndexOf(' ') + 1);
  });

  it('tells a problem that several statements share once, with all their tables', () => {
    const statements = [copies, { ...copies, table: 'Other' }];
    const lines = renderReport({ ...report, statements }, 'en').filter((line) => line.includes('backlog.forbidden'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('PROD.Issues, Other: WEB: The key may not read this project. [backlog.forbidden]');
  });

  it('says nothing that a log scanner would take for a failure when all is well', () => {
    const good = { ...report, statements: [issues] };
    for (const language of ['en', 'ja'] as const) {
      expect(renderReport(good, language).join('\n')).not.toMatch(/error|exception|fail/i);
    }
  });

  it('cuts long statements but never a table name', () => {
    const table = '非常に長い名前の表'.repeat(4);
    const statement = `REPLICATE X SELECT ${'Column, '.repeat(40)} FROM Issues`;
    const [, , line = ''] = renderReport({ ...report, statements: [{ ...issues, statement, table }] }, 'en');
    expect(line).toContain(`…  ${table}`);
  });
});
