import { chownSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accountOf,
  findProgram,
  freePort,
  LOOPBACK,
  startServer,
  stopServer,
  type TestServer,
  temporaryFolder,
} from './server-process.ts';

const program = () => findProgram(['pgbouncer'], ['/usr/sbin']);

/** Whether a pooler can be tested here. Where it cannot, it says so; unlike a database, it is not required in CI. */
export function hasPgbouncer(): boolean {
  if (program() !== undefined) return true;
  process.stderr.write('skipped: pgbouncer is not installed (scripts/install-databases.sh installs it)\n');
  return false;
}

/** Before a PostgreSQL server: each transaction gets the connection of the server that has rested longest. */
export async function startPgbouncer(server: TestServer, mode: 'transaction' | 'session'): Promise<TestServer> {
  const pgbouncer = program();
  if (pgbouncer === undefined) throw new Error('pgbouncer is not installed: apt-get install pgbouncer');
  const account = accountOf('postgres');
  const folder = temporaryFolder(tmpdir(), account);
  const port = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  const lines = [
    '[databases]',
    `${server.database} = host=${server.host} port=${server.port} user=${server.user}`,
    '[pgbouncer]',
    `listen_addr = ${LOOPBACK}`,
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${mode}`,
    'default_pool_size = 4',
    'min_pool_size = 4',
    'server_round_robin = 1',
    'ignore_startup_parameters = extra_float_digits',
  ];
  writeFileSync(settings, lines.join('\n'), { mode: 0o600 });
  if (account) chownSync(settings, account.uid, account.gid);
  const child = await startServer(pgbouncer, [settings], port, account);
  return { ...server, port, close: () => stopServer(child, folder, 'SIGKILL') };
}
