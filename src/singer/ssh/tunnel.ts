import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Logger } from '../../runtime/log.ts';
import { commandOf } from './command.ts';
import { writePrivateFiles } from './private-files.ts';
import { type SshProcess, startSsh } from './ssh-process.ts';
import type { Place, TunnelSettings } from './tunnel-settings.ts';

export interface Tunnel {
  /** Connecting here is connecting to the far end. */
  readonly nearEnd: Place;
  close(): Promise<void>;
}

/**
 * Signs in and opens a port on this machine whose connections end at `farEnd`, as the other machine sees it. Each is
 * an `ssh -W` of its own, which ends with its pipe, so that nothing is left behind however we end.
 *
 * @throws AuthenticationError `ssh.host-key-refused` or `ssh.login-refused`; EnvironmentError `ssh.missing` or
 * `ssh.failed`
 */
export async function openTunnel(settings: TunnelSettings, farEnd: Place, log: Logger): Promise<Tunnel> {
  const files = writePrivateFiles(settings);
  const running = new Set<SshProcess>();
  const start = () => {
    const ssh = startSsh(commandOf(settings, farEnd, files), files.environment, settings, log);
    running.add(ssh);
    ssh.onEnd(() => running.delete(ssh));
    return ssh;
  };
  const close = async () => {
    for (const ssh of running) ssh.kill();
    files.remove();
  };
  try {
    const first = start();
    await first.signedIn;
    const waiting = [first];
    const server = createServer((socket) => (waiting.pop() ?? start()).join(socket));
    const nearEnd = await listening(server);
    return {
      nearEnd,
      close: () => {
        server.close();
        return close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const LOOPBACK = '127.0.0.1';

function listening(server: Server): Promise<Place> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => resolve({ host: LOOPBACK, port: (server.address() as AddressInfo).port }));
  });
}
