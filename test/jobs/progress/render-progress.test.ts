import { describe, expect, it } from 'vitest';
import { renderProgress } from '../../../src/jobs/progress/render-progress.ts';
import { displayWidth } from '../../../src/jobs/terminal/display-width.ts';
import { snapshot, statement } from './snapshots.ts';

describe('renderProgress', () => {
  it('tells rows, requests and rate of each statement', () => {
    const lines = renderProgress(
      snapshot([
        statement('Issues', { rows: 12_345, seconds: 10, requests: 124 }),
        statement('課題', { phase: 'waiting' }),
        statement('Projects', { phase: 'done', rows: 3, seconds: 1, requests: 1 }),
      ]),
      'en',
    );
    expect(lines).toEqual([
      'Issues    12,345 rows · 124 requests · 1,235 rows/s',
      '課題      not begun',
      'Projects  3 rows · 1 requests · 3 rows/s · done',
    ]);
  });

  it('speaks Japanese', () => {
    const lines = renderProgress(snapshot([statement('課題', { rows: 5, seconds: 1, requests: 2 })]), 'ja');
    expect(lines).toEqual(['課題  5 行 · 2 リクエスト · 5 行/秒']);
  });

  it('says until when the rate limit makes statements wait that are being read', () => {
    const until = new Date(2026, 3, 1, 9, 5, 7).getTime();
    const lines = renderProgress(snapshot([statement('A'), statement('B', { phase: 'done' })], until), 'en');
    expect(lines[0]).toMatch(/ · waiting until 09:05:07 \(rate limit\)$/);
    expect(lines[1]).not.toContain('waiting');
    expect(renderProgress(snapshot([statement('A')], until), 'ja')[0]).toContain('09:05:07 まで待機中');
  });

  it('never divides by no time', () => {
    expect(renderProgress(snapshot([statement('A', { rows: 7 })]), 'en')[0]).toContain('7 rows/s');
  });

  it('keeps the columns below each other', () => {
    const lines = renderProgress(snapshot([statement('プロジェクト'), statement('A')]), 'en');
    expect(new Set(lines.map((line) => displayWidth(line.slice(0, line.indexOf('0 rows'))))).size).toBe(1);
  });
});
