import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import {
  accountOf,
  findProgram,
  freePort,
  LOOPBACK,
  startServer,
  stopServer,
  temporaryFolder,
} from './server-process.ts';

/** An SSH server that lets one user in, with one of two keys, to forward connections. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** The text of a key without a passphrase. */
  readonly privateKey: string;
  /** The text of another one with the passphrase `PASSPHRASE`. */
  readonly protectedKey: string;
  /** A public key as `ssh-keyscan` prints it. */
  readonly hostKey: string;
  close(): Promise<void>;
}

export const PASSPHRASE = 'between us two';

/** Of the system's users one that no sshd takes for locked. */
const ACCOUNT = 'daemon';

const program = () => findProgram(['sshd'], ['/usr/sbin']);

/** Whether tunnels can be tested here. Where they cannot, it says so; unlike a database, sshd is not required in CI. */
export function hasSshd(): boolean {
  if (program() !== undefined && findProgram(['ssh-keygen'], []) !== undefined) return true;
  process.stderr.write('skipped: sshd is not installed (scripts/install-databases.sh installs it)\n');
  return false;
}

/** An sshd that runs without rights: it lets in whom it runs as, and nobody else. */
export async function startSshd(): Promise<SshServer> {
  const sshd = program();
  if (sshd === undefined) throw new Error('sshd is not installed: apt-get install openssh-server');
  const account = accountOf(ACCOUNT);
  const folder = temporaryFolder(tmpdir(), account);
  const keys = join(folder, 'keys');
  mkdirSync(keys);
  const [hostKey, userKey, protectedKey] = ['', '', PASSPHRASE].map((passphrase, place) => {
    const path = join(keys, String(place));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', path]);
    return { path, secret: readFileSync(path, 'utf8'), open: readFileSync(`${path}.pub`, 'utf8') };
  });
  if (!hostKey || !userKey || !protectedKey) throw new Error('there are no keys');
  const authorized = join(keys, 'authorized');
  writeFileSync(authorized, userKey.open + protectedKey.open);
  if (account) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
  const port = await freePort();
  const options = {
    AuthorizedKeysFile: authorized,
    HostKey: hostKey.path,
    ListenAddress: LOOPBACK,
    PasswordAuthentication: 'no',
    PidFile: 'none',
    Port: String(port),
    StrictModes: 'no',
  };
  const args = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const child = await startServer(sshd, ['-D', '-e', '-f', '/dev/null', ...args], port, account);
  return {
    host: LOOPBACK,
    port,
    username: account ? ACCOUNT : userInfo().username,
    privateKey: userKey.secret,
    protectedKey: protectedKey.secret,
    hostKey: `# a comment\n[${LOOPBACK}]:${port} ${hostKey.open}`,
    close: () => stopServer(child, folder),
  };
}
