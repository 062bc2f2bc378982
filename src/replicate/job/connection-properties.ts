import { ConfigurationError } from '../../runtime/errors.ts';
import { registerSecret } from '../../runtime/secrets.ts';
import type { Text } from '../../runtime/text.ts';
import { parseBoolean } from '../booleans.ts';
import { type ConnectionProperty, parseConnectionString } from '../connection-string.ts';
import type { SourceText } from '../source-text.ts';
import { type Environment, substituteEnvironment } from './environment.ts';

const SECRET_NAME = /password|^pwd$|secret|token$|apikey|rtk|verifier/;

/**
 * The properties of one connection string by name, which matches without regard to case, blanks and underscores.
 * `{env:NAME}` in a value is replaced. Secrets are registered before anything else happens (invariant 9).
 */
export class ConnectionProperties {
  readonly source: SourceText;
  private readonly byName = new Map<string, ConnectionProperty>();
  private readonly asked = new Set<string>();

  constructor(source: SourceText, environment: Environment) {
    this.source = source;
    for (const { name, value, offset } of parseConnectionString(source)) {
      const filled = fillIn(value, environment, source.placeOf(offset));
      if (SECRET_NAME.test(plainName(name))) registerSecret(filled);
      this.byName.set(plainName(name), { name, value: filled, offset });
    }
  }

  /** The value under the first of these names that has one; an empty value counts as none. */
  text(...names: readonly string[]): string | undefined {
    return this.find(names)?.value;
  }

  /** Items between commas, without outer blanks. */
  list(name: string): readonly string[] | undefined {
    const items = this.text(name)
      ?.split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return items?.length ? items : undefined;
  }

  boolean(name: string): boolean | undefined {
    const property = this.find([name]);
    return (
      property &&
      (parseBoolean(property.value) ?? this.refuse(property, { en: 'true or false', ja: ' true か false ' }))
    );
  }

  /** What `read` makes of the value; `wanted` tells what it takes. */
  choice<T>(name: string, read: (text: string) => T | undefined, wanted: Text): T | undefined {
    const property = this.find([name]);
    return property && (read(property.value) ?? this.refuse(property, wanted));
  }

  /** A number within both bounds, which are part of what is allowed. */
  number(name: string, least: number, most: number): number | undefined {
    const property = this.find([name]);
    if (property === undefined) return undefined;
    const value = Number(property.value);
    if (value >= least && value <= most) return value;
    return this.refuse(property, { en: `a number from ${least} to ${most}`, ja: ` ${least} から ${most} までの数` });
  }

  /** Where the property stands, or else where the connection string begins. */
  placeOf(name: string): string {
    return this.source.placeOf(this.byName.get(plainName(name))?.offset ?? 0);
  }

  /** Names as written that nobody has asked for so far. */
  get unused(): readonly string[] {
    return [...this.byName].filter(([name]) => !this.asked.has(name)).map(([, property]) => property.name);
  }

  private find(names: readonly string[]): ConnectionProperty | undefined {
    for (const name of names) this.asked.add(plainName(name));
    return names
      .map((name) => this.byName.get(plainName(name)))
      .find((property) => property !== undefined && property.value !== '');
  }

  private refuse(property: ConnectionProperty, wanted: Text): never {
    throw new ConfigurationError({
      code: 'config.invalid',
      text: { en: `${property.name} must be ${wanted.en}`, ja: `${property.name} には${wanted.ja}を指定してください` },
      hint: { en: 'Correct the value, or leave it out.', ja: '値を直すか、指定を外してください。' },
      path: this.source.placeOf(property.offset),
    });
  }
}

export function missingProperty(
  properties: ConnectionProperties,
  element: string,
  name: string,
  hint: Text,
): ConfigurationError {
  return new ConfigurationError({
    code: 'config.missing',
    text: { en: `${name} is missing in <${element}>`, ja: `<${element}> に ${name} がありません` },
    hint,
    path: properties.placeOf(name),
  });
}

/** The text with each `{env:NAME}` replaced; an unset variable is an error at `place`. */
export function fillIn(text: string, environment: Environment, place: string): string {
  return substituteEnvironment(text, environment, (variable) => undefinedVariable(variable, place));
}

function plainName(name: string): string {
  return name.replace(/[\s_]/g, '').toLowerCase();
}

function undefinedVariable(name: string, path: string): ConfigurationError {
  return new ConfigurationError({
    code: 'config.undefined-variable',
    text: { en: `the environment variable ${name} is not set`, ja: `環境変数 ${name} が設定されていません` },
    hint: {
      en: `Set ${name} before starting, or write the value in place of {env:${name}}.`,
      ja: `実行前に ${name} を設定するか、{env:${name}} の代わりに値を書いてください。`,
    },
    path,
  });
}
