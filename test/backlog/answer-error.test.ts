import { expect, test } from 'vitest';
import { errorOfAnswer, errorOfBody } from '../../src/backlog/answer-error.ts';

const answerOf = (status: number, body: string, type = 'application/json') => ({
  status,
  headers: { 'content-type': type },
  body,
});
const bodyOf = (code: unknown, message = 'Told by the server.') =>
  JSON.stringify({ errors: [{ message, code, moreInfo: '' }] });

test.each([
  [500, bodyOf(1), 'backlog.server-failed', 'retryable'],
  [400, bodyOf(2), 'backlog.not-in-plan', 'skippable'],
  [402, bodyOf(3), 'backlog.licence-expired', 'environment'],
  [403, bodyOf(4), 'backlog.ip-refused', 'environment'],
  [403, bodyOf(5), 'backlog.forbidden', 'skippable'],
  [404, bodyOf(6), 'backlog.not-found', 'skippable'],
  [400, bodyOf(7), 'backlog.bad-request', 'fatal'],
  [401, bodyOf(11), 'backlog.key-refused', 'authentication'],
  [403, bodyOf(12), 'backlog.mfa-required', 'authentication'],
  [429, bodyOf(13), 'backlog.rate-limited', 'retryable'],
  [403, bodyOf(11), 'backlog.key-refused', 'authentication'],
  [400, bodyOf(5), 'backlog.forbidden', 'skippable'],
  [404, bodyOf(2), 'backlog.not-in-plan', 'skippable'],
  [503, bodyOf(6), 'backlog.server-failed', 'retryable'],
  [429, '', 'backlog.rate-limited', 'retryable'],
  [400, bodyOf(99), 'backlog.bad-request', 'fatal'],
  [404, bodyOf('6'), 'backlog.not-found', 'skippable'],
  [401, '', 'backlog.key-refused', 'authentication'],
  [403, '{"errors":[]}', 'backlog.forbidden', 'skippable'],
  [404, 'null', 'backlog.not-found', 'skippable'],
  [502, '<html>', 'backlog.server-failed', 'retryable'],
  [418, '', 'backlog.unexpected-answer', 'fatal'],
  [201, '[]', 'backlog.unexpected-answer', 'fatal'],
])('status %i with %s is %s, %s', (status, body, code, recovery) => {
  const error = errorOfAnswer(answerOf(status, body), '/projects/1/teams');
  expect(error).toMatchObject({ code, recovery, path: '/projects/1/teams' });
  expect(error.text.en).toContain(`HTTP ${status}`);
  expect([error.text.ja, error.hint?.en, error.hint?.ja]).toEqual([
    expect.any(String),
    expect.any(String),
    expect.any(String),
  ]);
});

test("the server's own words are passed on", () => {
  const error = errorOfAnswer(answerOf(404, bodyOf(6, 'No such project. (key:ZZZ)')), '/projects/ZZZ');
  expect(error.text.en).toContain('HTTP 404: No such project. (key:ZZZ)');
});

test('a page with status 404 does not say that something is gone', () => {
  const error = errorOfAnswer(answerOf(404, '<!DOCTYPE html><h1>Not Found', 'text/html'), '/issues/1');
  expect(error).toMatchObject({ code: 'backlog.not-backlog', recovery: 'configuration' });
});

test.each([
  ['<!doctype html>', 'application/json', 'backlog.not-backlog'],
  ['Welcome', 'text/html; charset=utf-8', 'backlog.not-backlog'],
  ['[{"id":1', 'application/json', 'backlog.truncated'],
  ['', 'application/json', 'backlog.truncated'],
])('an unreadable body (%j as %s) is %s', (body, type, code) => {
  expect(errorOfBody(answerOf(200, body, type), '/issues')).toMatchObject({ code, recovery: 'retryable' });
});
