import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '../../runtime/log.ts';
import { READY } from './command.ts';
import { sshFailure, sshMissing } from './failure.ts';
import type { Place } from './tunnel-settings.ts';

/** One connection to the far end, whose bytes are the program's standard input and output. */
export interface SshProcess {
  /** Rejects with the reason if it does not get as far as being signed in. */
  readonly signedIn: Promise<void>;
  /** Makes the socket the near end. The one ends with the other. */
  join(socket: Socket): void;
  kill(): void;
  onEnd(listener: () => void): void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export function startSsh(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  server: Place,
  log: Logger,
): SshProcess {
  const child = spawn('ssh', [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  child.stdin.on('error', () => undefined);
  const signedIn = watch(child, server, log);
  signedIn.catch(() => undefined);
  return {
    signedIn,
    join: (socket) => join(socket, child),
    kill: () => void child.kill(),
    onEnd: (listener) => void child.once('close', listener),
  };
}

/** Collects what the program says until it is signed in; what it says after that is told at once. */
function watch(child: Child, server: Place, log: Logger): Promise<void> {
  return new Promise((resolve, reject) => {
    let said: string | undefined = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said === undefined) return tell(text, log);
      said += text;
      const [, after] = said.split(`${READY}\n`);
      if (after === undefined) return;
      said = undefined;
      tell(after, log);
      resolve();
    });
    child.once('error', (cause) => reject(sshMissing(cause)));
    child.once('close', () => reject(sshFailure(said ?? '', server)));
  });
}

function tell(said: string, log: Logger): void {
  const text = said.trim();
  if (text !== '') log.warning({ en: `ssh: ${text}`, ja: `ssh: ${text}` });
}

function join(socket: Socket, child: Child): void {
  const end = () => {
    socket.destroy();
    child.kill();
  };
  socket.on('error', end).on('close', end);
  child.once('error', end).once('close', () => socket.end());
  if (child.exitCode === null) {
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  } else end();
}
