import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, and may cut them off from each other. */
export interface Relay {
  readonly port: number;
  /** Cuts the connection when the client has sent this text; the server still gets it. */
  cutAfter(text: string): void;
  /** Changes what the server says: each `text` becomes `other`, which must be as long. */
  alter(text: string, other: string): void;
  /** Cuts all connections. */
  cut(): void;
  /** Takes no more connections. */
  refuse(): void;
}

/** Listens on a free port of loopback, or on the path of a Unix socket. */
export async function startRelay(to: { readonly host: string; readonly port: number }, path?: string): Promise<Relay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let trigger: string | undefined;
  let altered = (chunk: Buffer) => chunk;
  const server = createServer((near) => {
    const far = connect(to.port, to.host);
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.end();
    };
    near.on('data', (chunk) => {
      far.write(chunk);
      if (trigger === undefined || !chunk.includes(trigger)) return;
      trigger = undefined;
      end();
    });
    far.on('data', (chunk) => near.write(altered(chunk)));
    for (const socket of pair) socket.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => listen(server, path, resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : to.port,
    cutAfter(text) {
      trigger = text;
    },
    alter(text, other) {
      altered = (chunk) => Buffer.from(chunk.toString('latin1').replaceAll(text, other), 'latin1');
    },
    cut() {
      for (const [near] of pairs) near.destroy();
    },
    refuse: () => void server.close(),
  };
}

function listen(server: Server, path: string | undefined, listening: () => void): void {
  if (path === undefined) server.listen(0, '127.0.0.1', listening);
  else server.listen(path, listening);
}
