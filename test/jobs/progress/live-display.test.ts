import { describe, expect, it } from 'vitest';
import { liveDisplay } from '../../../src/jobs/progress/live-display.ts';
import { displayWidth } from '../../../src/jobs/terminal/display-width.ts';
import { FakeScreen } from './fake-screen.ts';
import { snapshot, statement } from './snapshots.ts';

describe('liveDisplay', () => {
  it('paints over its own lines', () => {
    const screen = new FakeScreen();
    const display = liveDisplay(screen, 'en');
    display.begin(snapshot([statement('A'), statement('B', { phase: 'waiting' })]));
    display.show(snapshot([statement('A', { rows: 10, seconds: 1 }), statement('B', { rows: 5, seconds: 1 })]));
    expect(screen.lines).toEqual(['A  10 rows · 0 requests · 10 rows/s', 'B  5 rows · 0 requests · 5 rows/s']);
  });

  it('lets log lines scroll away above', () => {
    const screen = new FakeScreen();
    const display = liveDisplay(screen, 'en');
    display.line('before\n');
    display.begin(snapshot([statement('A', { phase: 'waiting' })]));
    display.line('first\n');
    display.line('second\n  → of two lines\n');
    display.end(snapshot([statement('A', { phase: 'done' })]));
    display.line('after\n');
    expect(screen.lines).toEqual([
      'before',
      'first',
      'second',
      '  → of two lines',
      'A  0 rows · 0 requests · 0 rows/s · done',
      'after',
    ]);
  });

  it('writes nothing when nothing has changed', () => {
    const screen = new FakeScreen();
    const display = liveDisplay(screen, 'en');
    display.begin(snapshot([statement('A')]));
    display.show(snapshot([statement('A')]));
    expect(screen.writes).toBe(1);
    display.show(snapshot([statement('A', { rows: 1 })]));
    expect(screen.writes).toBe(2);
  });

  it('is never wider than the screen, in any script', () => {
    const screen = new FakeScreen(20);
    liveDisplay(screen, 'ja').begin(snapshot([statement('とても長い名前の表', { rows: 123_456 })]));
    expect(screen.lines).toHaveLength(1);
    expect(displayWidth(screen.lines[0] ?? '')).toBeLessThan(20);
  });

  it('is never taller than the screen, and shows what is being read first', () => {
    const screen = new FakeScreen(80, 4);
    const display = liveDisplay(screen, 'en');
    const done = Array.from({ length: 30 }, (_, index) => statement(`Done${index}`, { phase: 'done' }));
    display.begin(snapshot([...done, statement('Now')]));
    display.show(snapshot([...done, statement('Now', { rows: 1, seconds: 1 })]));
    expect(screen.lines).toHaveLength(3);
    expect(screen.lines[0]).toMatch(/^Now {4}1 rows/);
  });
});
