import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectSocket, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { knownHostsText } from '../../src/singer/ssh/private-files.ts';
import { openTunnel } from '../../src/singer/ssh/tunnel.ts';
import type { Place, TunnelSettings } from '../../src/singer/ssh/tunnel-settings.ts';
import { targetPostgresMain } from '../../src/singer/target-postgres.ts';
import { SELF_SIGNED } from '../backlog/self-signed.ts';
import { hasPostgres, startPostgres } from '../servers/postgres-server.ts';
import { freePort, LOOPBACK } from '../servers/server-process.ts';
import { hasSshd, PASSPHRASE, type SshServer, startSshd } from '../servers/ssh-server.ts';
import { createTestHost } from './test-host.ts';

const privateFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('backlog-sync-ssh-'));

describe.runIf(hasSshd())('an SSH tunnel', () => {
  let ssh: SshServer;
  let echo: Server;
  let farEnd: Place;

  beforeAll(async () => {
    ssh = await startSshd();
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, LOOPBACK, resolve));
    farEnd = { host: 'localhost', port: (echo.address() as AddressInfo).port };
  });

  afterAll(async () => {
    echo.close();
    await ssh.close();
  });

  const settings = (own: Partial<TunnelSettings> = {}): TunnelSettings => {
    const { host, port, username, privateKey, hostKey } = ssh;
    return { host, port, username, privateKey, hostKey, ...own };
  };

  async function open(own: Partial<TunnelSettings> = {}, end = farEnd) {
    const lines: LogLine[] = [];
    const log = createLogger('debug', (line) => lines.push(line));
    const tunnel = await openTunnel(settings(own), end, log);
    onTestFinished(() => tunnel.close());
    return { tunnel, lines };
  }

  /** What comes back until the far end closes. */
  function exchange({ host, port }: Place, bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const socket = connectSocket(port, host);
      const chunks: Buffer[] = [];
      let length = 0;
      socket.on('data', (chunk) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= bytes.length) socket.destroy();
      });
      socket.on('close', () => resolve(Buffer.concat(chunks))).on('error', reject);
      socket.write(bytes);
    });
  }

  test('carries bytes both ways, over several connections one after the other and at once', async () => {
    const { tunnel, lines } = await open();
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, place) => place % 256));
    expect((await exchange(tunnel.nearEnd, bytes)).equals(bytes)).toBe(true);
    const answers = await Promise.all([bytes, Buffer.from('short')].map((sent) => exchange(tunnel.nearEnd, sent)));
    expect(answers.map(({ length }) => length)).toEqual([300_000, 5]);
    expect(lines).toEqual([]);
  });

  test('opens a key with its passphrase, or takes it from a file', async () => {
    const { tunnel } = await open({ privateKey: ssh.protectedKey, passphrase: PASSPHRASE });
    expect(String(await exchange(tunnel.nearEnd, Buffer.from('hello')))).toBe('hello');
    const path = join(mkdtempSync(join(tmpdir(), 'key-')), 'id');
    writeFileSync(path, ssh.privateKey, { mode: 0o600 });
    await open({ privateKey: path });
  });

  test('refuses a server whose key is another one, or is not known at all', async () => {
    const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG8vK0R7Q2X1o2wq1m1Xn0m0cQ0yq4o3l9c8w7v6u5t4';
    const refused = { code: 'ssh.host-key-refused', recovery: 'authentication', path: `${LOOPBACK}:${ssh.port}` };
    await expect(open({ hostKey: other })).rejects.toMatchObject(refused);
    const { hostKey: _, ...unknown } = settings();
    await expect(
      openTunnel(
        unknown,
        farEnd,
        createLogger('error', () => undefined),
      ),
    ).rejects.toMatchObject(refused);
  });

  test('tells a key that is not let in from a server that does not answer', async () => {
    await expect(open({ username: 'somebody-else' })).rejects.toMatchObject({ code: 'ssh.login-refused' });
    await expect(open({ privateKey: ssh.protectedKey, passphrase: 'wrong' })).rejects.toMatchObject({
      code: 'ssh.login-refused',
    });
    await expect(open({ port: await freePort() })).rejects.toMatchObject({
      code: 'ssh.failed',
      recovery: 'environment',
    });
  });

  test('closes the connection and says why when the far end does not answer', async () => {
    const { tunnel, lines } = await open({}, { host: 'localhost', port: await freePort() });
    await expect(exchange(tunnel.nearEnd, Buffer.from('x')).catch(() => Buffer.alloc(0))).resolves.toHaveLength(0);
    expect(lines.map(({ text }) => text.en).join()).toMatch(/^ssh: .*(?:refused|failed)/i);
  });

  test('leaves no file behind, whether it was opened or not', async () => {
    const before = privateFolders();
    const tunnel = await openTunnel(
      settings(),
      farEnd,
      createLogger('error', () => undefined),
    );
    expect(privateFolders()).toHaveLength(before.length + 1);
    await tunnel.close();
    await open({ username: 'somebody-else' }).catch(() => undefined);
    expect(privateFolders()).toEqual(before);
  });

  test.runIf(hasPostgres())('leads target-postgres to its server, whose name is still checked', async () => {
    const server = await startPostgres({ tls: SELF_SIGNED });
    onTestFinished(() => server.close());
    const config = join(mkdtempSync(join(tmpdir(), 'tunnel-')), 'config.json');
    writeFileSync(
      config,
      JSON.stringify({
        host: 'localhost',
        port: server.port,
        user: server.user,
        database: server.database,
        ssl_enable: true,
        ssl_certificate_authority: SELF_SIGNED.cert,
        ssh_tunnel: {
          enable: true,
          host: ssh.host,
          port: ssh.port,
          username: ssh.username,
          private_key: ssh.privateKey,
          host_key: ssh.hostKey,
        },
      }),
    );
    const host = createTestHost(['--config', config]);
    host.input.end(
      '{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{"type":"integer"}}},"key_properties":["id"]}\n{"type":"RECORD","stream":"s","record":{"id":1}}\n{"type":"STATE","value":{"at":1}}\n',
    );
    expect([await targetPostgresMain(host), host.outputText()]).toEqual([0, '{"at":1}\n']);
    expect(host.logText()).toContain('1 inserted');
    expect(host.logText()).not.toMatch(/error|exception|warning/i);
  });
});

describe('a host key', () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG8v';

  test('may stand alone or as ssh-keyscan prints it', () => {
    expect(knownHostsText('Bastion.example', 22, key)).toBe(`bastion.example ${key}\n`);
    expect(knownHostsText('h', 2222, `# h:2222\n[h]:2222 ${key}\n[h]:2222 ecdsa-sha2-nistp256 AAAA\n`)).toBe(
      `[h]:2222 ${key}\n[h]:2222 ecdsa-sha2-nistp256 AAAA\n`,
    );
  });

  test('that is none is refused', () => {
    expect(() => knownHostsText('h', 22, 'SHA256:abc')).toThrow(
      expect.objectContaining({ code: 'ssh.host-key-invalid' }),
    );
  });
});
