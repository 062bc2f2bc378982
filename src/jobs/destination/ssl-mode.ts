import { ConfigurationError } from '../../runtime/errors.ts';

/** What the spellings of all drivers come to. `require` checks no certificate. */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** Npgsql, the .NET connectors for MySQL, and the JDBC drivers of PostgreSQL, MySQL and MariaDB; and plain booleans. */
const SPELLINGS: Readonly<Record<SslMode, readonly string[]>> = {
  disable: ['disable', 'disabled', 'none', 'false', 'no', '0'],
  allow: ['allow'],
  prefer: ['prefer', 'preferred'],
  require: ['require', 'required', 'trust', 'true', 'yes', '1'],
  'verify-ca': ['verifyca'],
  'verify-full': ['verifyfull', 'verifyidentity'],
};

const MODES: ReadonlyMap<string, SslMode> = new Map(
  Object.entries(SPELLINGS).flatMap(([mode, names]) => names.map((name) => [name, mode as SslMode] as const)),
);

/**
 * The mode that a connection string asks for, in any driver's spelling. Who names an authority without a mode wants
 * the server checked against it. `path` is the job file's.
 *
 * @throws ConfigurationError `job.ssl-mode`
 */
export function sslModeOf(written: string | undefined, authority: string | undefined, path: string) {
  if (written === undefined) return authority === undefined ? undefined : 'verify-full';
  const mode = MODES.get(written.replace(/[\s_-]/g, '').toLowerCase());
  if (mode !== undefined) return mode;
  throw new ConfigurationError({
    code: 'job.ssl-mode',
    text: {
      en: `SslMode in <DatabaseConnectionString> cannot be '${written}'.`,
      ja: `<DatabaseConnectionString> の SslMode に '${written}' は指定できません。`,
    },
    hint: {
      en: `It can be: ${Object.keys(SPELLINGS).join(', ')}.`,
      ja: `指定できる値: ${Object.keys(SPELLINGS).join(', ')}`,
    },
    path,
  });
}
