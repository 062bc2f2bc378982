import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError, describeError } from '../../src/runtime/errors.ts';
import { createLogger, plainSink } from '../../src/runtime/log.ts';
import { apiError, json, startServer } from './fake-server.ts';
import { openClient } from './open-client.ts';

test('no key, however spelt, gets into an error or a log, even if the server repeats it', async () => {
  const server = await startServer((request, response) => {
    const key = String(
      request.headers['backlog-api-key'] ?? new URL(request.url ?? '', 'http://x').searchParams.get('apiKey'),
    );
    const mode = new URL(request.url ?? '', 'http://x').pathname.slice('/api/v2/'.length);
    if (mode === 'echo') apiError(response, 404, 6, `No user for key ${key} at ${request.url}`);
    else if (mode === 'html') response.writeHead(404, { 'content-type': 'text/html' }).end(`<html>${key}`);
    else if (mode === 'cut') response.destroy();
    else if (mode === 'move') response.writeHead(302, { location: `/${encodeURIComponent(key)}` }).end();
    else if (mode === 'broken') response.end(`{"key": "${key}`);
    else json(response, {}, 500);
  });
  const keys = fc.string({ unit: fc.constantFrom(...'aZ09-_.~+/=%&$#!"<>'), minLength: 8, maxLength: 40 });
  const modes = fc.constantFrom('echo', 'html', 'cut', 'move', 'broken', 'fail');
  await fc.assert(
    fc.asyncProperty(keys, modes, fc.constantFrom('header' as const, 'query' as const), async (apiKey, mode, keyIn) => {
      const told: string[] = [];
      const log = createLogger(
        'debug',
        plainSink((line) => told.push(line), 'en'),
      );
      const client = openClient({ url: server.url, apiKey, keyIn }, { log });
      const error: unknown = await client.get(`/${mode}`).catch((reason: unknown) => reason);
      await client.close();
      expect(error).toBeInstanceOf(AppError);
      const shown = [describeError(error, 'en'), describeError(error, 'ja'), inspect(error, { depth: 9 }), ...told];
      for (const spelling of [apiKey, encodeURIComponent(apiKey)]) expect(shown.join('\n')).not.toContain(spelling);
    }),
    { numRuns: 120 },
  );
});
