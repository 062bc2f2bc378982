import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { errorOfNetwork, neverArrived } from '../../src/backlog/network-error.ts';
import { SkippableError } from '../../src/runtime/errors.ts';
import { json, startServer } from './fake-server.ts';
import { failureOf, openClient } from './open-client.ts';
import { SELF_SIGNED } from './self-signed.ts';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('over real sockets', () => {
  test('a port at which nobody listens', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const client = openClient({ url: `127.0.0.1:${port}` });
    const failure = await failureOf(client.get('/space'));
    expect(failure).toMatchObject({
      code: 'backlog.unreachable',
      recovery: 'retryable',
      path: `127.0.0.1:${port}/space`,
    });
    expect(failure.text.en).toContain('ECONNREFUSED');
    expect(client.usage).toMatchObject({ requests: { read: 0 }, retries: 4 });
  });

  test('a certificate that nobody vouches for', async () => {
    const port = await listen(createTlsServer(SELF_SIGNED, (_, response) => response.end('[]')));
    const client = openClient({ url: `https://localhost:${port}` });
    const failure = await failureOf(client.get('/space'));
    expect(failure).toMatchObject({ code: 'backlog.certificate', recovery: 'environment' });
    expect(client.usage).toMatchObject({ requests: { read: 0 }, retries: 0 });
  });

  test('a port that does not speak TLS', async () => {
    const server = await startServer((_, response) => json(response, []));
    const failure = await failureOf(openClient({ url: `https://127.0.0.1:${server.port}` }).get('/space'));
    expect(failure).toMatchObject({ code: 'backlog.tls', recovery: 'environment' });
  });

  test('an answer that does not come, or stops coming', async () => {
    const server = await startServer((_, response) => {
      if (server.seen.length === 2) response.writeHead(200, { 'content-length': '9' }).write('[');
      if (server.seen.length === 3) json(response, ['at last']);
    });
    const client = openClient({ url: server.url, timeoutSeconds: 0.2 });
    expect(await client.get('/space')).toEqual(['at last']);
    expect(client.usage).toMatchObject({ requests: { read: 4 }, retries: 2 });
  });
});

test.each([
  ['ENOTFOUND', 'backlog.unknown-host', 'environment'],
  ['EAI_AGAIN', 'backlog.unreachable', 'retryable'],
  ['ECONNREFUSED', 'backlog.unreachable', 'retryable'],
  ['ENETUNREACH', 'backlog.unreachable', 'retryable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'backlog.unreachable', 'retryable'],
  ['UND_ERR_HEADERS_TIMEOUT', 'backlog.timeout', 'retryable'],
  ['UND_ERR_BODY_TIMEOUT', 'backlog.timeout', 'retryable'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'backlog.certificate', 'environment'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'backlog.certificate', 'environment'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'backlog.certificate', 'environment'],
  ['CERT_HAS_EXPIRED', 'backlog.certificate', 'environment'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'backlog.tls', 'environment'],
  ['ECONNRESET', 'backlog.connection-lost', 'retryable'],
  ['UND_ERR_SOCKET', 'backlog.connection-lost', 'retryable'],
  ['UND_ERR_DESTROYED', 'backlog.closed', 'fatal'],
])('%s is %s, %s', (code, expected, recovery) => {
  const cause = Object.assign(new Error('from below'), { code });
  expect(errorOfNetwork(cause, '/space')).toMatchObject({ code: expected, recovery, cause });
  expect(errorOfNetwork(new AggregateError([cause]), '/space').code).toBe(expected);
});

test('an error of ours stays as it is', () => {
  const error = new SkippableError({ code: 'some.code', text: { en: 'a', ja: 'b' } });
  expect(errorOfNetwork(error, '/space')).toBe(error);
  expect(neverArrived(error)).toBe(false);
});
