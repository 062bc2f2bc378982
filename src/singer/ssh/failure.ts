import { type AppError, AuthenticationError, EnvironmentError } from '../../runtime/errors.ts';
import type { Place } from './tunnel-settings.ts';

/** Why `ssh` did not get through, by what it said. */
export function sshFailure(said: string, { host, port }: Place): AppError {
  const path = `${host}:${port}`;
  const words = said.trim();
  if (/host key verification failed|host key is known|HOST IDENTIFICATION HAS CHANGED/i.test(words)) {
    return hostKeyRefused(path);
  }
  if (/permission denied|incorrect passphrase|error in libcrypto|invalid format|no such identity/i.test(words)) {
    return loginRefused(path, words);
  }
  return new EnvironmentError({
    code: 'ssh.failed',
    path,
    text: { en: `no SSH connection: ${words}`, ja: `SSH で接続できません: ${words}` },
    hint: {
      en: 'Check the ssh_tunnel settings, the network and that the SSH server allows forwarding.',
      ja: 'ssh_tunnel の設定、ネットワーク、SSH サーバーで転送が許可されているかを確認してください。',
    },
  });
}

export function sshMissing(cause: Error): EnvironmentError {
  return new EnvironmentError({
    code: 'ssh.missing',
    text: {
      en: `the program ssh cannot be started (${cause.message})`,
      ja: `ssh コマンドを起動できません（${cause.message}）`,
    },
    hint: {
      en: 'Install the OpenSSH client, for example: apt-get install openssh-client',
      ja: 'OpenSSH クライアントをインストールしてください（例: apt-get install openssh-client）。',
    },
    cause,
  });
}

function hostKeyRefused(path: string): AuthenticationError {
  return new AuthenticationError({
    code: 'ssh.host-key-refused',
    path,
    text: {
      en: 'the SSH server shows a key that is not known, so it may be another machine',
      ja: 'SSH サーバーの鍵が登録済みのものと一致しません。別のマシンの可能性があるため、接続しません',
    },
    hint: {
      en: 'Put the key into ssh_tunnel.host_key (`ssh-keyscan` prints it), after comparing it with what the administrator says.',
      ja: '管理者に確認した鍵（`ssh-keyscan` で表示）を ssh_tunnel.host_key に設定してください。',
    },
  });
}

function loginRefused(path: string, words: string): AuthenticationError {
  return new AuthenticationError({
    code: 'ssh.login-refused',
    path,
    text: {
      en: `the SSH server lets nobody in with this key: ${words}`,
      ja: `この鍵では SSH サーバーにログインできません: ${words}`,
    },
    hint: {
      en: 'Check ssh_tunnel.username, ssh_tunnel.private_key and its passphrase.',
      ja: 'ssh_tunnel.username、ssh_tunnel.private_key とパスフレーズを確認してください。',
    },
  });
}
