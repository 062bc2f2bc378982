import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mysql } from '../../../src/dialects/mysql/mysql.ts';
import { SELF_SIGNED } from '../../backlog/self-signed.ts';
import { freePort } from '../../servers/server-process.ts';
import { startRelay } from '../postgres/relay.ts';
import { type Family, openSession } from './family.ts';

export function connectBehaviours(of: () => Family): void {
  describe('a connection', () => {
    test('is refused by name when the host is unknown', async () => {
      const given = mysql.connect({ ...of().settings, host: 'nowhere.invalid' });
      await expect(given).rejects.toMatchObject({ code: 'mysql.host-unknown', recovery: 'environment' });
    });

    test('is refused when nothing listens', async () => {
      const port = await freePort();
      const given = mysql.connect({ ...of().settings, port });
      await expect(given).rejects.toMatchObject({ code: 'mysql.unreachable', path: `127.0.0.1:${port}/test` });
      const socket = mysql.connect({ database: 'test', socketPath: '/nowhere/mysql.sock' });
      await expect(socket).rejects.toMatchObject({ code: 'mysql.unreachable', path: '/nowhere/mysql.sock/test' });
    });

    test('is given up when the server says nothing', async () => {
      const silent = await listen();
      const given = mysql.connect({ ...of().settings, port: silent, connectSeconds: 0.2 });
      await expect(given).rejects.toMatchObject({ code: 'mysql.timeout', recovery: 'environment' });
    });

    test('is refused with a wrong password, which is not shown', async () => {
      const given = mysql.connect({ ...of().settings, user: 'nobody', password: 'swordfish' });
      await expect(given).rejects.toMatchObject({ code: 'mysql.access-denied', recovery: 'authentication' });
      expect(JSON.stringify(await given.catch((error: unknown) => error))).not.toContain('swordfish');
    });

    test('is refused when the database does not exist', async () => {
      const given = mysql.connect({ ...of().settings, database: 'missing' });
      await expect(given).rejects.toMatchObject({ code: 'mysql.unknown-database' });
    });

    test('is refused when the server is too old for us', async () => {
      const { settings, query } = of();
      const [row] = await query('SELECT VERSION() AS version');
      const version = String(row?.version);
      const older = version.replace(/^\d+\.\d+/, (both) => (both.length === 3 ? '5.7' : both.replace(/\d/g, '0')));
      const { host = '', port = 0 } = settings;
      const relay = await startRelay({ host, port });
      onTestFinished(() => relay.refuse());
      relay.alter(version, older);
      const given = mysql.connect({ ...settings, port: relay.port, tls: { mode: 'disabled' } });
      await expect(given).rejects.toMatchObject({
        code: 'mysql.too-old',
        recovery: 'environment',
        path: `127.0.0.1:${relay.port}/test`,
        text: { en: expect.stringContaining(older), ja: expect.stringContaining(older) },
      });
    });

    test('uses a password over an unencrypted connection', async () => {
      const { admin, settings } = of();
      await admin.query("CREATE OR REPLACE USER 'loader' IDENTIFIED BY 'p:w@d%''\"'").catch(async () => {
        await admin.query("DROP USER IF EXISTS 'loader'; CREATE USER 'loader' IDENTIFIED BY 'p:w@d%''\"'");
      });
      await admin.query("GRANT ALL ON test.* TO 'loader'");
      const password = `p:w@d%'"`;
      await openSession(of(), { ...settings, user: 'loader', password, tls: { mode: 'disabled' } });
    });

    test('tells that a user may not create tables', async () => {
      const { admin, settings } = of();
      await admin.query("DROP USER IF EXISTS 'reader'; CREATE USER 'reader'; GRANT SELECT ON test.* TO 'reader'");
      const session = await openSession(of(), { ...settings, user: 'reader' });
      const columns = [{ name: 'a', type: 'integer' }] as const;
      const given = session.transaction((transaction) =>
        transaction.apply({ table: { name: 't' }, changes: [{ kind: 'create', columns }] }),
      );
      await expect(given).rejects.toMatchObject({ code: 'mysql.not-allowed', recovery: 'authentication' });
    });

    test('goes through a Unix socket, whatever is said of encryption', async ({ skip }) => {
      const { query, settings } = of();
      const [row] = await query('SELECT @@socket AS path');
      const socketPath = String(row?.path);
      if (!existsSync(socketPath)) skip('this server has a root folder of its own');
      const { user = '', database } = settings;
      await openSession(of(), { user, database, socketPath, tls: { mode: 'verify-identity' } });
      expect(await query("SELECT HOST AS host FROM information_schema.PROCESSLIST WHERE DB = 'test'")).toContainEqual({
        host: 'localhost',
      });
    });

    test('is encrypted when asked for, or says that the server cannot', async () => {
      const { settings, query } = of();
      const offers = await offersTls(of());
      const session = openSession(of(), { ...settings, tls: { mode: 'required' } });
      if (offers) {
        await session;
        const running =
          'SELECT CONNECTION_TYPE AS type FROM performance_schema.threads WHERE PROCESSLIST_ID IS NOT NULL';
        expect((await query(running)).map(({ type }) => type)).toContain('SSL/TLS');
      } else {
        await expect(session).rejects.toMatchObject({ code: 'mysql.tls-unsupported' });
      }
    });

    test('trusts a certificate only as far as the mode says', async ({ skip }) => {
      if (!(await offersTls(of()))) skip('this server offers no encryption');
      const { settings, query } = of();
      const [row] = await query("SELECT CAST(LOAD_FILE(CONCAT(@@datadir, 'ca.pem')) AS CHAR) AS ca");
      const ca = String(row?.ca);
      await openSession(of(), { ...settings, tls: { mode: 'verify-ca', ca } });
      const byName = { ...settings, host: 'localhost' };
      for (const tls of [{ mode: 'verify-ca', ca: SELF_SIGNED.cert }, { mode: 'verify-ca' }, { ca }] as const) {
        await expect(mysql.connect({ ...byName, tls })).rejects.toMatchObject({ code: 'mysql.tls' });
      }
    });

    test('shows a certificate to a server that asks for one, and checks the name in that of the server', async ({
      skip,
    }) => {
      if (!(await offersTls(of()))) skip('this server offers no encryption');
      const { settings, admin, query } = of();
      const files = ['ca.pem', 'client-cert.pem', 'client-key.pem'];
      const columns = files.map((file, at) => `CAST(LOAD_FILE(CONCAT(@@datadir, '${file}')) AS CHAR) AS f${at}`);
      const [row] = await query(`SELECT ${columns.join(', ')}`);
      const [ca = '', certificate = '', key = ''] = Object.values(row ?? {}).map(String);
      await admin.query("DROP USER IF EXISTS 'shown'; CREATE USER 'shown' REQUIRE X509; GRANT ALL ON *.* TO 'shown'");
      const shown = { ...settings, user: 'shown' };
      await expect(mysql.connect({ ...shown, tls: { mode: 'verify-ca', ca } })).rejects.toMatchObject({
        code: 'mysql.access-denied',
      });
      await openSession(of(), { ...shown, tls: { mode: 'verify-ca', ca, certificate, key } });
      const named = mysql.connect({ ...settings, host: 'localhost', tls: { mode: 'verify-identity', ca } });
      await expect(named).rejects.toMatchObject({ code: 'mysql.tls' });
    });

    test('cannot check the name of a server that is given by its address', async () => {
      const given = mysql.connect({ ...of().settings, tls: { mode: 'verify-identity', ca: SELF_SIGNED.cert } });
      await expect(given).rejects.toMatchObject({ code: 'mysql.tls-address', recovery: 'configuration' });
    });

    test('names a certificate that cannot be read', async () => {
      const given = mysql.connect({ ...of().settings, tls: { mode: 'verify-ca', ca: '/nowhere/ca.pem' } });
      await expect(given).rejects.toMatchObject({ code: 'mysql.tls-file', path: 'tls.ca' });
    });
  });
}

async function offersTls({ query }: Family): Promise<boolean> {
  const [found] = await query(
    "SELECT COUNT(*) AS n FROM information_schema.TABLES WHERE TABLE_NAME = 'tls_channel_status'",
  );
  return Number(found?.n) > 0;
}

/** A port that takes connections and never answers. */
async function listen(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
