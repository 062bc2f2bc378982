import { describe, expect, it } from 'vitest';
import { mysqlSettings } from '../../../src/jobs/destination/mysql-settings.ts';
import { postgresSettings } from '../../../src/jobs/destination/postgres-settings.ts';
import type { ServerConnection } from '../../../src/replicate/job/server-connection.ts';

const SERVER = { host: 'h', port: 1, database: 'd' };

function modes(ssl: Pick<ServerConnection, 'sslMode' | 'sslCa'>): readonly unknown[] {
  return [
    postgresSettings({ type: 'postgres', ...SERVER, ...ssl }, 'job.xml').tls?.mode,
    mysqlSettings({ type: 'mysql', ...SERVER, ...ssl }, 'job.xml').tls?.mode,
  ];
}

describe('the mode of encryption', () => {
  it.each([
    [undefined, 'prefer', 'preferred'],
    ['Disable', 'disable', 'disabled'],
    ['None', 'disable', 'disabled'],
    ['false', 'disable', 'disabled'],
    ['allow', 'allow', 'preferred'],
    ['PREFERRED', 'prefer', 'preferred'],
    ['require', 'require', 'required'],
    ['True', 'require', 'required'],
    ['VERIFY_CA', 'verify-ca', 'verify-ca'],
    ['VerifyFull', 'verify-full', 'verify-identity'],
    ['verify-identity', 'verify-full', 'verify-identity'],
  ])('%s is what each driver spells differently', (sslMode, forPostgres, forMysql) => {
    expect(modes(sslMode === undefined ? {} : { sslMode })).toEqual([forPostgres, forMysql]);
  });

  it('is the strictest where an authority is named and no mode', () => {
    expect(modes({ sslCa: 'ca.pem' })).toEqual(['verify-full', 'verify-identity']);
    expect(modes({ sslCa: 'ca.pem', sslMode: 'require' })).toEqual(['require', 'required']);
  });

  it('is refused when it is none, with those that are', () => {
    expect(() => modes({ sslMode: 'sometimes' })).toThrow(
      expect.objectContaining({ code: 'job.ssl-mode', path: 'job.xml', hint: expect.anything() }),
    );
  });
});

it('certificates, keys and the schema reach the settings of the database', () => {
  const server: ServerConnection = {
    ...{ type: 'postgres', ...SERVER, user: 'u', password: 'p', schema: 's' },
    ...{ sslMode: 'verify-ca', sslCa: 'ca.pem', sslCertificate: 'me.pem', sslKey: 'me.key' },
  };
  expect(postgresSettings(server, 'job.xml')).toEqual({
    ...{ ...SERVER, user: 'u', password: 'p', schema: 's' },
    tls: { mode: 'verify-ca', authority: 'ca.pem', certificate: 'me.pem', key: 'me.key' },
  });
  expect(mysqlSettings({ ...server, type: 'mysql' }, 'job.xml')).toEqual({
    ...{ ...SERVER, user: 'u', password: 'p' },
    tls: { mode: 'verify-ca', ca: 'ca.pem', certificate: 'me.pem', key: 'me.key' },
  });
});
