import { ConfigurationError } from '../runtime/errors.ts';
import type { Logger } from '../runtime/log.ts';
import { type ServerConfig, SSL_MODES, type SslMode } from './server-settings.ts';

type Setting = 'host' | 'ssl_mode' | 'ssl_certificate_authority' | 'ssl_client_certificate' | 'ssl_client_private_key';

/** The settings that options of a URL stand for. */
export type OptionNames = Readonly<Record<string, Setting>>;

/** The words that MySQL has for modes. */
const OTHER_WORDS: Readonly<Record<string, SslMode>> = {
  disabled: 'disable',
  preferred: 'prefer',
  required: 'require',
  'verify-identity': 'verify-full',
};

/**
 * The settings as the options behind a URL's question mark change them. What speaks of TLS switches it on. Options
 * that we do not know are told once.
 *
 * @throws ConfigurationError `config.invalid` for a mode that is none
 */
export function withUrlOptions(
  config: ServerConfig,
  options: ReadonlyMap<string, string>,
  names: OptionNames,
  log: Logger,
): ServerConfig {
  let changed = config;
  for (const [option, value] of options) {
    const name = names[option];
    if (name === undefined) warnOfOption(option, log);
    else changed = { ...changed, ...changeOf(name, value) };
  }
  return changed;
}

function changeOf(name: Setting, value: string): Partial<ServerConfig> {
  switch (name) {
    case 'host':
      return { host: value };
    case 'ssl_mode':
      return { ssl_enable: true, ssl_mode: modeOf(value) };
    case 'ssl_certificate_authority':
      return { ssl_enable: true, [name]: value };
    default:
      return { ssl_client_certificate_enable: true, [name]: value };
  }
}

function modeOf(text: string): SslMode {
  const word = text.toLowerCase().replaceAll('_', '-');
  const mode = OTHER_WORDS[word] ?? SSL_MODES.find((known) => known === word);
  if (mode !== undefined) return mode;
  const known = SSL_MODES.join(', ');
  throw new ConfigurationError({
    code: 'config.invalid',
    path: 'sqlalchemy_url',
    text: { en: `the TLS mode must be one of ${known}`, ja: `TLS のモードは ${known} のいずれかです` },
  });
}

function warnOfOption(option: string, log: Logger): void {
  log.warning({
    en: `sqlalchemy_url: the option ${option} is not known here; it is ignored`,
    ja: `sqlalchemy_url: オプション ${option} には対応していないため、無視します`,
  });
}
