import type { Dialect } from '../load/dialect.ts';
import type { Logger } from '../runtime/log.ts';
import type { Server } from './server.ts';
import { openTunnel } from './ssh/tunnel.ts';
import type { Place } from './ssh/tunnel-settings.ts';
import type { Connected } from './target-main.ts';

/**
 * Connects to the server, through its tunnel if it has one.
 *
 * @param settingsOf what the dialect is told; `via` is where to connect instead of the server's own address
 */
export async function connectServer<Settings>(
  dialect: Dialect<Settings>,
  server: Server,
  settingsOf: (server: Server, via: Place | undefined) => Settings,
  log: Logger,
): Promise<Connected> {
  const tunnel = server.tunnel && (await openTunnel(server.tunnel, server, log));
  try {
    const session = await dialect.connect(settingsOf(server, tunnel?.nearEnd));
    const close = async () => {
      await session[Symbol.asyncDispose]();
      await tunnel?.close();
    };
    return { session, close };
  } catch (error) {
    await tunnel?.close();
    throw error;
  }
}
