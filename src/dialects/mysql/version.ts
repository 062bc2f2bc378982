import { EnvironmentError } from '../../runtime/errors.ts';

const OLDEST = { mysql: [8, 0], mariadb: [10, 6] } as const;

/** Some servers put this before their version, for clients that know no MariaDB. */
const DISGUISE = /^5\.5\.5-(?=\d)/;

/**
 * Refuses a server by the text of its variable `version`. One whose version cannot be told is given a chance.
 *
 * @throws EnvironmentError `mysql.too-old`
 */
export function requireVersion(version: string, address: string): void {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version.replace(DISGUISE, '')) ?? [];
  const [oldestMajor, oldestMinor] = /mariadb/i.test(version) ? OLDEST.mariadb : OLDEST.mysql;
  if (major === undefined || Number(major) > oldestMajor) return;
  if (Number(major) === oldestMajor && Number(minor) >= oldestMinor) return;
  throw new EnvironmentError({
    code: 'mysql.too-old',
    path: address,
    text: {
      en: `The server is older than MySQL 8.0 or MariaDB 10.6: its version is ${version}.`,
      ja: `サーバーが MySQL 8.0 または MariaDB 10.6 より古いバージョンです（${version}）。`,
    },
    hint: {
      en: 'Use MySQL 8.0 or later, or MariaDB 10.6 or later.',
      ja: 'MySQL 8.0 以降、または MariaDB 10.6 以降を使ってください。',
    },
  });
}
