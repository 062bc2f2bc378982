import type { z } from 'zod';
import type { ConfigurationError } from './errors.ts';
import type { Logger } from './log.ts';
import { registerSecret } from './secrets.ts';
import { castText } from './setting-cast.ts';
import { invalidSettings } from './setting-problems.ts';
import { type SettingProperties, settingProperties } from './setting-schema.ts';
import type { SettingsSource } from './setting-sources.ts';

export interface SettingsDefinition<S extends z.ZodObject> {
  /** What the environment's names begin with: `TAP_BACKLOG` makes `api_key` into `TAP_BACKLOG_API_KEY`. */
  readonly environmentPrefix: string;
  /** Drives parsing, defaults, environment names, `--about` and the documentation; made of `setting()`s. */
  readonly schema: S;
}

interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where each value came from, for messages. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * The program's settings out of all their sources, of which later ones win. A null counts as not given. Texts are
 * read as numbers, booleans, lists or objects where the setting is one. A setting with a dot in its name may also stand
 * in an object, `{"a": {"b": …}}` for `a.b`. Unknown names are told once and ignored.
 *
 * @throws ConfigurationError `config.missing` or `config.invalid`, naming every wrong setting and its origin
 */
export function parseSettings<S extends z.ZodObject>(
  definition: SettingsDefinition<S>,
  sources: readonly SettingsSource[],
  log: Logger,
): z.output<S> {
  const properties = settingProperties(definition.schema);
  const given = gather(sources, properties, log);
  registerSecrets(given.values, properties);
  const result = definition.schema.safeParse(given.values);
  if (result.success) return result.data;
  throw problemsOf(result.error.issues, definition, properties, given);
}

function gather(sources: readonly SettingsSource[], properties: SettingProperties, log: Logger): Given {
  const values: Record<string, unknown> = {};
  const origins = new Map<string, string>();
  const unknown = new Map<string, string>();
  for (const source of sources) {
    for (const [key, value] of dotted(source.values, properties)) {
      if (value === null || value === undefined) continue;
      const property = properties.get(key);
      if (property === undefined) {
        unknown.set(key, source.originOf(key));
        continue;
      }
      values[key] = typeof value === 'string' ? castText(value, property) : value;
      origins.set(key, source.originOf(key));
    }
  }
  for (const origin of unknown.values()) warnOfUnknown(origin, log);
  return { values, origins };
}

/** The values with those inside an object under their dotted names, where the settings have such names. */
function dotted(values: object, properties: SettingProperties, prefix = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const key = `${prefix}${name}`;
    const isGroup = !properties.has(key) && isObject(value) && hasMembers(key, properties);
    return isGroup ? dotted(value, properties, `${key}.`) : [[key, value] as const];
  });
}

function hasMembers(key: string, properties: SettingProperties): boolean {
  return [...properties.keys()].some((name) => name.startsWith(`${key}.`));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function warnOfUnknown(origin: string, log: Logger): void {
  log.warning({
    en: `${origin}: there is no such setting; it is ignored`,
    ja: `${origin}: この名前の設定はないため、無視します`,
  });
}

function registerSecrets(values: Readonly<Record<string, unknown>>, properties: SettingProperties): void {
  for (const [key, property] of properties) {
    const value = values[key];
    if (property.secret === true && typeof value === 'string') registerSecret(value);
  }
}

function problemsOf<S extends z.ZodObject>(
  issues: readonly z.core.$ZodIssue[],
  definition: SettingsDefinition<S>,
  properties: SettingProperties,
  given: Given,
): ConfigurationError {
  const keys = new Set(issues.map((issue) => String(issue.path[0])));
  return invalidSettings(
    [...keys].map((key) => ({
      key,
      property: properties.get(key) ?? {},
      value: given.values[key],
      origin: given.origins.get(key),
    })),
    definition.environmentPrefix,
  );
}
