import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../runtime/errors.ts';
import type { TunnelSettings } from './tunnel-settings.ts';

/** What `ssh` takes from files alone, in a folder that only this user can read. */
export interface PrivateFiles {
  readonly keyFile: string;
  /** Undefined if the machines that the user knows are those to trust. */
  readonly knownHostsFile: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

/** A passphrase can be asked for, but not given on the command line, where it could be seen (invariant 9). */
const ASK_PASSPHRASE = `#!/bin/sh
cat "\${0%/*}/passphrase"
`;

export function writePrivateFiles({ host, port, privateKey, passphrase, hostKey }: TunnelSettings): PrivateFiles {
  const knownHosts = hostKey === undefined ? undefined : knownHostsText(host, port, hostKey);
  const folder = mkdtempSync(join(tmpdir(), 'backlog-sync-ssh-'));
  const write = (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    return path;
  };
  if (passphrase !== undefined) write('passphrase', passphrase);
  return {
    keyFile: privateKey.includes('-----BEGIN') ? write('key', `${privateKey.trim()}\n`) : privateKey,
    knownHostsFile: knownHosts === undefined ? undefined : write('known_hosts', knownHosts),
    environment:
      passphrase === undefined
        ? {}
        : { SSH_ASKPASS: write('ask', ASK_PASSPHRASE, 0o700), SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PUBLIC_KEY = /(?:ssh|ecdsa|sk)-\S+\s+[A-Za-z0-9+/]+=*/;

/** Lines of `known_hosts` for the keys, which may come with or without the host's name before them. */
export function knownHostsText(host: string, port: number, hostKey: string): string {
  const name = port === 22 ? host : `[${host}]:${port}`;
  const keys = hostKey
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => PUBLIC_KEY.exec(line)?.[0] ?? []);
  if (keys.length === 0) throw noPublicKey();
  return keys.map((key) => `${name.toLowerCase()} ${key}\n`).join('');
}

function noPublicKey(): ConfigurationError {
  return new ConfigurationError({
    code: 'ssh.host-key-invalid',
    path: 'ssh_tunnel.host_key',
    text: { en: 'this is not a public key of a host', ja: 'ホストの公開鍵ではありません' },
    hint: {
      en: 'Give what `ssh-keyscan -p PORT HOST` prints, after comparing it with what the administrator says.',
      ja: '`ssh-keyscan -p ポート ホスト` の出力を、管理者から得た値と照合したうえで指定してください。',
    },
  });
}
