import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  type Account,
  accountOf,
  endProcess,
  findProgram,
  freePort,
  isRoot,
  LOOPBACK,
  prepare,
  type ServerOptions,
  startServer,
  stopServer,
  type TestServer,
  type TlsFiles,
  temporaryFolder,
  writeTlsFiles,
} from './server-process.ts';

const USER = 'root';
const DATABASE = 'test';

/** A Debian of its own that holds only MySQL, made by scripts/install-databases.sh; Debian's stable has MariaDB alone. */
const MYSQL_ROOT = process.env.BACKLOG_MYSQL_ROOT ?? join(homedir(), '.cache/backlog-sync/mysql');

export function hasMariadb(): boolean {
  return findProgram(['mariadbd'], ['/usr/sbin']) !== undefined;
}

export async function startMariadb({ tls }: ServerOptions = {}): Promise<TestServer> {
  const mariadbd = findProgram(['mariadbd'], ['/usr/sbin']);
  const install = findProgram(['mariadb-install-db'], ['/usr/bin']);
  if (mariadbd === undefined || install === undefined)
    throw new Error('MariaDB is not installed: apt-get install mariadb-server');
  const account = accountOf('mysql');
  const folder = temporaryFolder(tmpdir(), account);
  makeTemporary(folder, account);
  const own = ['--no-defaults', `--datadir=${folder}/data`];
  prepare(install, [...own, '--auth-root-authentication-method=normal', '--skip-test-db'], account);
  const port = await freePort();
  const files = tls && writeTlsFiles(folder, tls, account);
  const args = [...own, ...serverArguments(port, folder), ...(files ? tlsArguments(files) : [])];
  const start = () => startServer(mariadbd, args, port, account);
  let child = await start();
  prepare('mariadb', [
    '--no-defaults',
    '-h',
    LOOPBACK,
    '-P',
    String(port),
    '-u',
    USER,
    '-e',
    `CREATE DATABASE ${DATABASE}`,
  ]);
  return {
    ...login(port),
    async crash() {
      await endProcess(child, 'SIGKILL');
      child = await start();
    },
    close: () => stopServer(child, folder),
  };
}

export function hasMysql(): boolean {
  return (
    findProgram(['mysqld'], ['/usr/sbin']) !== undefined ||
    (isRoot() && existsSync(join(MYSQL_ROOT, 'usr/sbin/mysqld')))
  );
}

/** MySQL from a Debian folder that we are root in (chroot). */
export async function startMysql({ tls }: ServerOptions = {}): Promise<TestServer> {
  if (!existsSync(join(MYSQL_ROOT, 'usr/sbin/mysqld')))
    throw new Error('MySQL is not installed: run scripts/install-databases.sh');
  const account = accountOf('mysql');
  mkdirSync(join(MYSQL_ROOT, 'data'), { recursive: true });
  const folder = temporaryFolder(join(MYSQL_ROOT, 'data'), account);
  const inside = `/data/${basename(folder)}`;
  makeTemporary(folder, account);
  const chroot = [
    `--userspec=${account?.uid}:${account?.gid}`,
    MYSQL_ROOT,
    '/usr/sbin/mysqld',
    '--no-defaults',
    `--datadir=${inside}/data`,
  ];
  prepare('chroot', [...chroot, `--tmpdir=${inside}/tmp`, '--initialize-insecure']);
  const port = await freePort();
  const files = tls && writeTlsFiles(folder, tls, account);
  const own = files ? tlsArguments(within(MYSQL_ROOT, files)) : [];
  const start = () =>
    startServer('chroot', [...chroot, ...serverArguments(port, inside), '--mysqlx=OFF', ...own], port);
  let child = await start();
  prepare('mariadb', [
    '--no-defaults',
    '-h',
    LOOPBACK,
    '-P',
    String(port),
    '-u',
    USER,
    '-e',
    `CREATE DATABASE ${DATABASE}`,
  ]);
  return {
    ...login(port),
    async crash() {
      await endProcess(child, 'SIGKILL');
      child = await start();
    },
    close: () => stopServer(child, folder),
  };
}

/** Beside the data: a server removes what others keep in a folder for temporary files that it shares with them. */
function makeTemporary(folder: string, account: Account | undefined): void {
  const path = join(folder, 'tmp');
  mkdirSync(path);
  if (account) chownSync(path, account.uid, account.gid);
}

/** The authority is the certificate itself: who shows it too is known. */
function tlsArguments({ certFile, keyFile }: TlsFiles): string[] {
  return [`--ssl-cert=${certFile}`, `--ssl-key=${keyFile}`, `--ssl-ca=${certFile}`];
}

/** Paths as they are seen inside of a root folder. */
function within(root: string, { certFile, keyFile }: TlsFiles): TlsFiles {
  return { certFile: certFile.slice(root.length), keyFile: keyFile.slice(root.length) };
}

function serverArguments(port: number, folder: string): string[] {
  return [
    `--port=${port}`,
    `--bind-address=${LOOPBACK}`,
    `--socket=${folder}/mysql.sock`,
    `--pid-file=${folder}/mysql.pid`,
    `--tmpdir=${folder}/tmp`,
    '--local-infile=1',
    '--secure-file-priv=',
    '--innodb-flush-log-at-trx-commit=2',
  ];
}

function login(port: number): Omit<TestServer, 'close'> {
  return { host: LOOPBACK, port, user: USER, password: '', database: DATABASE };
}
