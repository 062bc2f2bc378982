import { z } from 'zod';
import type { Language, Text } from './text.ts';

/** The JSON Schema of one setting, as `--about` shows it. */
export interface SettingProperty {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly items?: SettingProperty;
  /** Of an object. */
  readonly properties?: Readonly<Record<string, SettingProperty>>;
  readonly anyOf?: readonly SettingProperty[];
  /** Never shown and never echoed (invariant 9). */
  readonly secret?: boolean;
  readonly [keyword: string]: unknown;
}

export type SettingProperties = ReadonlyMap<string, SettingProperty>;

export interface SettingsJsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, SettingProperty>>;
  readonly required: readonly string[];
}

const JAPANESE = 'description_ja';

/** A setting that a person may give, with what it does in both languages. */
export function setting<T extends z.ZodType>(schema: T, description: Text): T {
  return schema.meta({ description: description.en, [JAPANESE]: description.ja });
}

/** A setting whose value must never be seen (invariant 9). */
export function secretSetting<T extends z.ZodType>(schema: T, description: Text): T {
  return schema.meta({ description: description.en, [JAPANESE]: description.ja, secret: true });
}

/** Each setting's JSON Schema by its name, in the order of the declaration. */
export function settingProperties(schema: z.ZodObject): SettingProperties {
  return new Map(Object.entries(jsonSchemaOf(schema).properties));
}

/** The settings as JSON Schema with the descriptions in one language. */
export function settingsJsonSchema(schema: z.ZodObject, language: Language): SettingsJsonSchema {
  const { properties, required } = jsonSchemaOf(schema);
  const spoken = Object.entries(properties).map(([key, property]) => [key, inLanguage(property, language)]);
  return { type: 'object', properties: Object.fromEntries(spoken), required };
}

function jsonSchemaOf(schema: z.ZodObject): SettingsJsonSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', override: dropNoise });
  return { type: 'object', properties: properties as Record<string, SettingProperty>, required };
}

/** Bounds and patterns that only spell out the type itself tell a reader nothing. */
function dropNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

function inLanguage(property: SettingProperty, language: Language): SettingProperty {
  const { [JAPANESE]: japanese, ...rest } = property;
  return language === 'ja' && typeof japanese === 'string' ? { ...rest, description: japanese } : rest;
}
