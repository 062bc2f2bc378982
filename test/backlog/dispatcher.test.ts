import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { json, startServer } from './fake-server.ts';
import { API_KEY, failureOf, openClient } from './open-client.ts';

/** A proxy that writes down what it was asked for, lets it through to `port`, or refuses. */
async function startProxy(port?: number): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''} ${JSON.stringify(request.rawHeaders)}`);
    if (port === undefined) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const through = connect(port, '127.0.0.1');
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
    return socket.pipe(through).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])('goes through the proxy that %s names', async (name) => {
  const { address, asked } = await startProxy();
  const environment = { [name]: `http://user:pass-word@${address}` };
  const failure = await failureOf(openClient({ url: 'space.example' }, { environment }).get('/space'));
  expect(failure).toMatchObject({ code: 'backlog.proxy-refused', recovery: 'environment' });
  expect(asked[0]).toMatch(/^space\.example:443 Basic dXNlcjpwYXNzLXdvcmQ=/);
  expect(asked.join()).not.toContain(API_KEY);
  expect(`${failure.text.en} ${failure.hint?.en}`).not.toContain('pass-word');
});

test('trusts the certificate of the space, not of the proxy', async () => {
  const server = await startServer((_, response) => json(response, []));
  const { address, asked } = await startProxy(server.port);
  const environment = { HTTPS_PROXY: `http://${address}` };
  const failure = await failureOf(openClient({ url: 'space.example' }, { environment }).get('/space'));
  expect(failure.code).toBe('backlog.tls');
  expect(asked[0]).toContain('space.example:443');
});

test('goes past the proxy to loopback addresses', async () => {
  const server = await startServer((_, response) => json(response, ['direct']));
  const { address, asked } = await startProxy();
  const environment = { HTTPS_PROXY: `http://${address}`, HTTP_PROXY: `http://${address}` };
  expect(await openClient({ url: server.url }, { environment }).get('/space')).toEqual(['direct']);
  expect(asked).toEqual([]);
});

test('goes past the proxy to hosts that NO_PROXY names', async () => {
  const { address, asked } = await startProxy();
  const environment = { HTTPS_PROXY: `http://${address}`, NO_PROXY: 'other.example, .invalid' };
  const failure = await failureOf(openClient({ url: 'space.invalid' }, { environment }).get('/space'));
  expect(failure.code).toMatch(/^backlog\.(unknown-host|unreachable)$/);
  expect(asked).toEqual([]);
});

test.each(['socks5://127.0.0.1:1080', 'not an address'])('refuses %s as a proxy', async (proxy) => {
  const environment = { HTTPS_PROXY: proxy };
  const opening = Promise.resolve().then(() => openClient({ url: 'space.example' }, { environment }));
  expect(await failureOf(opening)).toMatchObject({ code: 'backlog.bad-proxy', recovery: 'configuration' });
});
