import { ConfigurationError } from './errors.ts';
import { readJsonFile } from './json-file.ts';

/** Settings from one place. */
export interface SettingsSource {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where a person finds this setting, for messages: a variable's name, or a file and a key. */
  originOf(key: string): string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function environmentNameOf(prefix: string, key: string): string {
  return `${prefix}_${key.replaceAll('.', '_').toUpperCase()}`;
}

/** The settings named in `keys` as far as the environment has them. An empty variable counts as not given. */
export function environmentSource(prefix: string, keys: Iterable<string>, environment: Environment): SettingsSource {
  const values: Record<string, string> = {};
  for (const key of keys) {
    const value = environment[environmentNameOf(prefix, key)];
    if (value !== undefined && value !== '') values[key] = value;
  }
  return { values, originOf: (key) => environmentNameOf(prefix, key) };
}

/** @throws ConfigurationError when the file cannot be read or is not one JSON object */
export function fileSource(path: string): SettingsSource {
  const content = readJsonFile(path);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw invalidConfigFile(path);
  return { values: content as Record<string, unknown>, originOf: (key) => `${path}: ${key}` };
}

function invalidConfigFile(path: string): ConfigurationError {
  return new ConfigurationError({
    code: 'config.invalid',
    text: {
      en: 'a config file must hold one JSON object of settings',
      ja: '設定ファイルの内容は、設定をまとめた 1 つの JSON オブジェクトでなければなりません',
    },
    path,
  });
}
