import { expect, test } from 'vitest';
import { languageOf } from '../../src/runtime/text.ts';

test.each([
  [{}, 'en'],
  [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'C', LC_ALL: '', LC_MESSAGES: 'ja_JP' }, 'ja'],
  [{ LANG: 'ja_JP.UTF-8', BACKLOG_LANGUAGE: 'en' }, 'en'],
  [{ LANG: 'fr_FR', BACKLOG_LANGUAGE: 'JA' }, 'ja'],
] as const)('%j speaks %s', (environment, language) => {
  expect(languageOf(environment)).toBe(language);
});
