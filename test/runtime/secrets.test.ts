import { describe, expect, test } from 'vitest';
import { redact, registerSecret } from '../../src/runtime/secrets.ts';

describe('redaction', () => {
  test('hides a registered secret wherever it stands, also percent-encoded', () => {
    registerSecret('p@ss word/1');
    expect(redact('a p@ss word/1 b p@ss word/1')).toBe('a *** b ***');
    expect(redact('postgres://u:p%40ss%20word%2F1@host')).toBe('postgres://u:***@host');
  });

  test('hides the key in an address though nobody registered it', () => {
    expect(redact('GET /api/v2/issues?apiKey=abc123&count=1')).toBe('GET /api/v2/issues?apiKey=***&count=1');
  });

  test('leaves ordinary words alone when a secret is empty or very short', () => {
    registerSecret('');
    registerSecret('is');
    registerSecret(undefined);
    expect(redact('this is it')).toBe('this is it');
  });
});
