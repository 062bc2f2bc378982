import { describe, expect, test } from 'vitest';
import {
  AuthenticationError,
  ConfigurationError,
  DataError,
  describeError,
  EnvironmentError,
  FatalError,
  RetryableError,
  SkippableError,
} from '../../src/runtime/errors.ts';
import { exitCodeOf, exitCodeOfSignal } from '../../src/runtime/exit-code.ts';
import { registerSecret } from '../../src/runtime/secrets.ts';

const details = { code: 'sample.code', text: { en: 'it failed', ja: '失敗しました' } };

describe('an error', () => {
  test('is described with its place, code and hint in either language', () => {
    const error = new DataError({ ...details, hint: { en: 'try this', ja: 'こうしてください' }, path: 'stream s' });
    expect(describeError(error, 'en')).toBe('stream s: it failed [sample.code]\n  → try this');
    expect(describeError(error, 'ja')).toBe('stream s: 失敗しました [sample.code]\n  → こうしてください');
  });

  test('keeps no secret in its message, text or hint', () => {
    registerSecret('tell-nobody');
    const text = { en: 'tell-nobody', ja: 'tell-nobody' };
    const error = new FatalError({ code: 'sample.code', text, hint: text });
    expect(JSON.stringify([error.message, error.text, error.hint])).not.toContain('tell-nobody');
    expect(describeError(new Error('tell-nobody'), 'en')).toBe('***');
  });

  test.each([
    [ConfigurationError, 2],
    [AuthenticationError, 3],
    [EnvironmentError, 3],
    [RetryableError, 3],
    [SkippableError, 1],
    [DataError, 1],
    [FatalError, 1],
  ])('%o gives the exit code %i', (Kind, code) => {
    expect(exitCodeOf(new Kind(details))).toBe(code);
  });

  test('that is not ours gives the exit code 1', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(1);
  });
});

test('a signal gives 128 and its number', () => {
  expect([exitCodeOfSignal('SIGINT'), exitCodeOfSignal('SIGTERM'), exitCodeOfSignal('SIGPIPE')]).toEqual([
    130, 143, 141,
  ]);
});
