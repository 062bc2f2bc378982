import { expect, it } from 'vitest';
import { plainDisplay, quietDisplay } from '../../../src/jobs/progress/plain-display.ts';
import { snapshot, statement } from './snapshots.ts';

it('tells what is being read, and each end once', () => {
  const lines: string[] = [];
  const display = plainDisplay((text) => lines.push(text), 'en');
  const waiting = statement('C', { phase: 'waiting' });
  display.begin(snapshot([statement('A', { phase: 'waiting' }), waiting]));
  display.show(snapshot([statement('A', { rows: 1, seconds: 1 }), waiting]));
  display.show(snapshot([statement('A', { rows: 2, seconds: 2 }), waiting]));
  display.show(snapshot([statement('A', { phase: 'done', rows: 3, seconds: 3 }), waiting]));
  display.line('a log line\n');
  display.end(snapshot([statement('A', { phase: 'done', rows: 3, seconds: 3 }), { ...waiting, phase: 'failed' }]));
  expect(lines).toEqual([
    'A  1 rows · 0 requests · 1 rows/s\n',
    'A  2 rows · 0 requests · 1 rows/s\n',
    'A  3 rows · 0 requests · 1 rows/s · done\n',
    'a log line\n',
    'C  0 rows · 0 requests · 0 rows/s · failed\n',
  ]);
});

it('shows log lines alone when it is to be quiet', () => {
  const lines: string[] = [];
  const display = quietDisplay((text) => lines.push(text));
  display.begin(snapshot([statement('A')]));
  display.show(snapshot([statement('A')]));
  display.line('warning\n');
  display.end(snapshot([statement('A')]));
  expect(lines).toEqual(['warning\n']);
});
