import type { PrivateFiles } from './private-files.ts';
import type { Place, TunnelSettings } from './tunnel-settings.ts';

/** What a child writes to its standard error as soon as it is signed in. */
export const READY = 'backlog-sync: tunnel ready';

/**
 * The arguments of `ssh`. The user's configuration file has no say, the key is the only way in, and a machine whose
 * key is not known is never accepted.
 */
export function commandOf(
  { host, port, username, passphrase }: TunnelSettings,
  farEnd: Place,
  { keyFile, knownHostsFile }: Pick<PrivateFiles, 'keyFile' | 'knownHostsFile'>,
): readonly string[] {
  const options = {
    BatchMode: passphrase === undefined ? 'yes' : 'no',
    ConnectTimeout: '30',
    IdentitiesOnly: 'yes',
    LocalCommand: `echo '${READY}' >&2`,
    LogLevel: 'ERROR',
    NumberOfPasswordPrompts: '1',
    PermitLocalCommand: 'yes',
    PreferredAuthentications: 'publickey',
    ServerAliveInterval: '15',
    StrictHostKeyChecking: 'yes',
    ...(knownHostsFile === undefined
      ? {}
      : { UserKnownHostsFile: quoted(knownHostsFile), GlobalKnownHostsFile: '/dev/null' }),
  };
  return [
    ...['-F', 'none', '-a', '-x', '-W', `${bracketed(farEnd.host)}:${farEnd.port}`],
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ...['-i', keyFile, '-p', String(port), '-l', username, '--', host],
  ];
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The value of an option may be a list of files divided by blanks. */
function quoted(path: string): string {
  return `"${path}"`;
}
