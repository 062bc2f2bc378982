import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../src/runtime/errors.ts';
import { createLogger, type LogLine } from '../../src/runtime/log.ts';
import { redact } from '../../src/runtime/secrets.ts';
import { type Server, type ServerKind, serverOf } from '../../src/singer/server.ts';
import { serverSettingsShape } from '../../src/singer/server-settings.ts';
import { parseServerUrl } from '../../src/singer/server-url.ts';

const KIND: ServerKind = {
  environmentPrefix: 'TARGET_SAMPLE',
  port: 5432,
  schemes: ['postgresql', 'postgres'],
  urlOptions: {
    host: 'host',
    sslmode: 'ssl_mode',
    sslrootcert: 'ssl_certificate_authority',
    sslcert: 'ssl_client_certificate',
    sslkey: 'ssl_client_private_key',
  },
};

const schema = z.object(serverSettingsShape);
const login = { user: 'u', database: 'd' };

function read(settings: z.input<typeof schema>): { server: Server; warnings: string[] } {
  const lines: LogLine[] = [];
  const log = createLogger('debug', (line) => lines.push(line));
  const server = serverOf(schema.parse(settings), KIND, log);
  return { server, warnings: lines.map(({ text }) => text.en) };
}

function refusal(settings: z.input<typeof schema>): AppError {
  try {
    read(settings);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('single settings', () => {
  test('host and port have the defaults of the kind', () => {
    expect(read(login).server).toEqual({ host: 'localhost', port: 5432, ...login });
  });

  test('user and database are needed, and both are named at once', () => {
    const { code, text, hint } = refusal({ host: 'h' });
    expect(code).toBe('config.missing');
    expect(text.en).toContain('user');
    expect(text.en).toContain('database');
    expect(hint?.en).toContain('TARGET_SAMPLE_USER, TARGET_SAMPLE_DATABASE');
  });

  test('TLS is left to the dialect unless it is asked for, and then verifies all', () => {
    expect(read({ ...login, ssl_mode: 'require' }).server.tls).toBeUndefined();
    expect(read({ ...login, ssl_enable: true }).server.tls).toEqual({ mode: 'verify-full' });
    expect(
      read({ ...login, ssl_enable: true, ssl_mode: 'verify-ca', ssl_certificate_authority: 'ca.pem' }).server.tls,
    ).toEqual({ mode: 'verify-ca', authority: 'ca.pem' });
  });

  test('a client certificate needs its key', () => {
    const client = { ...login, ssl_client_certificate_enable: true, ssl_client_certificate: 'c.pem' };
    expect(refusal(client).hint?.en).toContain('TARGET_SAMPLE_SSL_CLIENT_PRIVATE_KEY');
    expect(read({ ...client, ssl_client_private_key: 'k.pem' }).server.tls).toEqual({
      mode: 'prefer',
      certificate: 'c.pem',
      key: 'k.pem',
    });
  });

  test('a tunnel needs its host, user and key', () => {
    const { code, hint } = refusal({ ...login, 'ssh_tunnel.enable': true });
    expect(code).toBe('config.missing');
    expect(hint?.en).toContain('TARGET_SAMPLE_SSH_TUNNEL_PRIVATE_KEY');
    const tunnel = {
      'ssh_tunnel.enable': true,
      'ssh_tunnel.host': 'bastion',
      'ssh_tunnel.username': 'me',
      'ssh_tunnel.private_key': 'id_ed25519',
    };
    expect(read({ ...login, ...tunnel }).server.tunnel).toEqual({
      host: 'bastion',
      port: 22,
      username: 'me',
      privateKey: 'id_ed25519',
    });
    expect(read({ ...login, ...tunnel, 'ssh_tunnel.enable': false }).server.tunnel).toBeUndefined();
  });
});

describe('a URL', () => {
  test('wins over the single settings, part by part', () => {
    const sqlalchemy_url = 'postgresql+psycopg2://me:p%40ss%2Fword@db.example:6543/sales';
    expect(read({ ...login, host: 'other', password: 'other', sqlalchemy_url }).server).toEqual({
      host: 'db.example',
      port: 6543,
      user: 'me',
      password: 'p@ss/word',
      database: 'sales',
    });
    expect(read({ ...login, sqlalchemy_url: 'postgres://[::1]' }).server).toMatchObject({ host: '::1', ...login });
  });

  test('keeps its password out of every text', () => {
    read({ sqlalchemy_url: 'postgres://me:very-secret%21@db/sales' });
    expect(redact('login with very-secret! failed')).toBe('login with *** failed');
  });

  test('may name a socket and TLS in its options; others are told once', () => {
    const sqlalchemy_url = 'postgres://me@/sales?host=/run/pg&sslmode=verify-ca&sslrootcert=ca.pem&pool=3';
    const { server, warnings } = read({ sqlalchemy_url });
    expect(server).toMatchObject({ host: '/run/pg', tls: { mode: 'verify-ca', authority: 'ca.pem' } });
    expect(warnings).toEqual(['sqlalchemy_url: the option pool is not known here; it is ignored']);
  });

  test('may say the modes as MySQL does', () => {
    const { server } = read({ sqlalchemy_url: 'postgres://me@h/d?sslmode=VERIFY_IDENTITY' });
    expect(server.tls).toEqual({ mode: 'verify-full' });
  });

  test.each(['mysql://u:pw-of-mine@h/d', 'no url', 'postgres://u:%zz@h/d', 'postgres://u@h/d?sslmode=maybe'])(
    'that is none of this kind is refused without being repeated: %s',
    (sqlalchemy_url) => {
      const error = refusal({ sqlalchemy_url });
      expect(error).toMatchObject({ code: 'config.invalid', path: 'sqlalchemy_url' });
      expect(error.message).not.toContain('pw-of-mine');
    },
  );

  test('gives back any user, password and database that was percent-encoded', () => {
    const part = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(part, part, part, (user, password, database) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        const parsed = parseServerUrl(`postgresql://${u}:${p}@h/${d}`, ['postgresql']);
        expect(parsed).toMatchObject({ user, password, database });
      }),
    );
  });
});
