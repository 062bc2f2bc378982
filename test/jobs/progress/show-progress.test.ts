import { expect, it } from 'vitest';
import type { Display } from '../../../src/jobs/progress/progress.ts';
import { showProgress } from '../../../src/jobs/progress/show-progress.ts';
import { FakeClock } from '../fake-clock.ts';
import { snapshot } from './snapshots.ts';

function recordingDisplay(): { readonly calls: string[]; readonly display: Display } {
  const calls: string[] = [];
  const record = (name: string) => () => void calls.push(name);
  const display = { interval: 100, begin: record('begin'), show: record('show'), end: record('end'), line: () => {} };
  return { calls, display };
}

it('shows at the display’s own pace until the work has ended', async () => {
  const clock = new FakeClock();
  const { calls, display } = recordingDisplay();
  const { promise, finish } = pending();
  const shown = showProgress(
    display,
    clock,
    () => snapshot([]),
    () => promise,
  );
  await clock.advance(99);
  expect(calls).toEqual(['begin']);
  await clock.advance(1);
  await clock.advance(100);
  expect(calls).toEqual(['begin', 'show', 'show']);
  finish('result');
  expect(await shown).toBe('result');
  await clock.advance(1000);
  expect(calls).toEqual(['begin', 'show', 'show', 'end']);
});

it('ends the display when the work fails, and passes the failure on', async () => {
  const { calls, display } = recordingDisplay();
  const work = () => Promise.reject(new Error('broken'));
  await expect(showProgress(display, new FakeClock(), () => snapshot([]), work)).rejects.toThrow('broken');
  expect(calls).toEqual(['begin', 'end']);
});

function pending(): { readonly promise: Promise<string>; readonly finish: (value: string) => void } {
  let finish: (value: string) => void = () => undefined;
  const promise = new Promise<string>((resolve) => {
    finish = resolve;
  });
  return { promise, finish };
}
