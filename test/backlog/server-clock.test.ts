import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ServerClock } from '../../src/backlog/server-clock.ts';

const START = Date.UTC(2026, 0, 5);
const toSecond = (time: number) => Math.floor(time / 1000) * 1000;

test('shows our own time until something speaks against it', () => {
  const clock = new ServerClock({ now: () => START, sleep: async () => undefined });
  expect(clock.now()).toBe(START);
  clock.observe(toSecond(START + 400), START + 380, START + 420);
  expect(clock.now()).toBe(START);
});

test('comes within half a second, and closer with every answer, to any clock', () => {
  const answers = fc.array(fc.tuple(fc.nat(5000), fc.nat(300), fc.nat(300)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: -1e7, max: 1e7 }), answers, (skew, waits) => {
      let now = START;
      const clock = new ServerClock({ now: () => now, sleep: async () => undefined });
      let last = Number.POSITIVE_INFINITY;
      for (const [pause, there, back] of waits) {
        const sentAt = now + pause;
        now = sentAt + there + back;
        clock.observe(toSecond(sentAt + there + skew), sentAt, now);
        last = Math.abs(clock.now() - (now + skew));
      }
      expect(last).toBeLessThanOrEqual(Math.abs(skew) < 2000 ? 1600 : 800);
    }),
  );
});

test('narrows down to a millisecond when answers come at all times of a second', () => {
  const clock = new ServerClock({ now: () => START, sleep: async () => undefined });
  const skew = 123_456;
  for (let time = START; time < START + 3000; time += 7) clock.observe(toSecond(time + skew), time, time);
  expect(Math.abs(clock.skew - skew)).toBeLessThan(8);
});

test('begins anew when a clock was set', () => {
  const clock = new ServerClock({ now: () => START, sleep: async () => undefined });
  clock.observe(toSecond(START + 60_000), START, START);
  clock.observe(toSecond(START - 60_000), START + 5, START + 5);
  expect(Math.abs(clock.skew + 60_000)).toBeLessThanOrEqual(505);
});
