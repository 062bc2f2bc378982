import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/runtime/clock.ts';
import { Patience } from '../../src/singer/patience.ts';

/** Time moves when it is told to; every sleep is counted. */
function movedClock() {
  let now = 0;
  let sleeps = 0;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        sleeps += 1;
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
  };
  const move = async (milliseconds: number) => {
    now += milliseconds;
    for (const sleeper of [...sleepers]) {
      if (sleeper.until > now) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { clock, move, sleeps: () => sleeps, sleeping: () => sleepers.size };
}

const never = new Promise(() => undefined);

describe('patience', () => {
  test('is not exceeded by an answer that comes in time, whatever it is', async () => {
    const { clock } = movedClock();
    const patience = new Patience(1000, clock);
    expect(await patience.isExceededBy(Promise.resolve('here'))).toBe(false);
    expect(await patience.isExceededBy(Promise.reject(new Error('no')))).toBe(false);
  });

  test('is exceeded when the time has passed since this answer was waited for, not since another one', async () => {
    const { clock, move } = movedClock();
    const patience = new Patience(1000, clock);
    const first = new Promise((resolve) => setImmediate(resolve));
    await patience.isExceededBy(first);
    await move(900);
    let exceeded: boolean | undefined;
    void patience.isExceededBy(never).then((result) => {
      exceeded = result;
    });
    await move(900);
    expect(exceeded).toBeUndefined();
    await move(100);
    expect(exceeded).toBe(true);
  });

  test('takes one alarm for many answers, and none after its end', async () => {
    const { clock, move, sleeps, sleeping } = movedClock();
    const patience = new Patience(1000, clock);
    for (let answer = 0; answer < 500; answer += 1) await patience.isExceededBy(Promise.resolve());
    expect(sleeps()).toBe(1);
    patience.end();
    expect(sleeping()).toBe(0);
    await move(5000);
    expect(sleeps()).toBe(1);
  });
});
