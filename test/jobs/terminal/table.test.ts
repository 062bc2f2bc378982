import { expect, it } from 'vitest';
import { displayWidth } from '../../../src/jobs/terminal/display-width.ts';
import { renderTable } from '../../../src/jobs/terminal/table.ts';

it('keeps columns below each other when cells are Japanese', () => {
  const lines = renderTable(
    [
      { title: '表', side: 'left' },
      { title: 'Rows', side: 'right' },
      { title: 'Status', side: 'left' },
    ],
    [
      ['課題', '1,001', 'OK'],
      ['PROD_Issues', '7', 'FAILED'],
    ],
  );

  expect(lines).toEqual([
    '表            Rows  Status',
    '───────────  ─────  ──────',
    '課題         1,001  OK',
    'PROD_Issues      7  FAILED',
  ]);
  const starts = lines.map((line) => displayWidth(line.slice(0, line.search(/Status|──────$|OK|FAILED/))));
  expect(new Set(starts).size).toBe(1);
});

it('shows the titles alone when there are no rows', () => {
  expect(renderTable([{ title: 'A', side: 'left' }], [])).toEqual(['A', '─']);
});
