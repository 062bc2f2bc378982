import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A database server for one test file: on loopback, with a folder of its own, gone when it is closed. */
export interface TestServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** An empty database. */
  readonly database: string;
  /** Ends the process without warning, as a crash does, and starts it again on the same data. */
  crash?(): Promise<void>;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** PEM texts. Without them the server is as it is by default. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export const LOOPBACK = '127.0.0.1';

const START_ATTEMPTS = 300;
const START_PAUSE_MILLISECONDS = 100;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account of a system user, when we are root and must not run a server as such. */
export function accountOf(user: string): Account | undefined {
  if (!isRoot()) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** The first of these programs that exists, looked up on PATH and in `folders`. */
export function findProgram(names: readonly string[], folders: readonly string[]): string | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders];
  return names.flatMap((name) => places.map((place) => join(place, name))).find((path) => existsSync(path));
}

export function temporaryFolder(parent: string, account: Account | undefined): string {
  const folder = mkdtempSync(join(parent, 'backlog-sync-'));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** The certificate and its key as files that the server can read. */
export function writeTlsFiles(
  folder: string,
  { cert, key }: { readonly cert: string; readonly key: string },
  account: Account | undefined,
): TlsFiles {
  const [certFile = '', keyFile = ''] = [cert, key].map((text, place) => {
    const path = join(folder, `tls-${place}.pem`);
    writeFileSync(path, text, { mode: 0o600 });
    if (account) chownSync(path, account.uid, account.gid);
    return path;
  });
  return { certFile, keyFile };
}

/** Below the ports that outgoing connections are given, lest one of these takes it before its server does. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}

/** Runs a preparing step to its end; its output is part of the failure. */
export function prepare(program: string, args: readonly string[], account?: Account): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd: '/', ...account });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}${stderr}`);
}

/** Starts a server and waits until it takes connections. */
export async function startServer(
  program: string,
  args: readonly string[],
  port: number,
  account?: Account,
): Promise<ChildProcess> {
  let output = '';
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...account });
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended:\n${output}`);
    if (await accepts(port)) return child;
    await delay(START_PAUSE_MILLISECONDS);
  }
  child.kill('SIGKILL');
  throw new Error(`${program} does not answer on port ${port}:\n${output}`);
}

/** Ends it by process id, waits for it, and removes its folder. */
export async function stopServer(
  child: ChildProcess,
  folder: string,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  await endProcess(child, signal);
  rmSync(folder, { recursive: true, force: true });
}

export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await ended;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
