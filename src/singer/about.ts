import type { z } from 'zod';
import { type SettingProperty, type SettingsJsonSchema, settingsJsonSchema } from '../runtime/setting-schema.ts';
import { environmentNameOf } from '../runtime/setting-sources.ts';
import type { Language, Text } from '../runtime/text.ts';

export type AboutFormat = 'text' | 'json' | 'markdown';

interface Subject {
  readonly name: string;
  readonly description: Text;
  readonly capabilities: readonly string[];
  readonly environmentPrefix: string;
  readonly schema: z.ZodObject;
}

interface About {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly settings: SettingsJsonSchema;
}

/** What a program is and takes, as the Meltano SDK's programs tell it; settings are a JSON Schema. */
export function formatAbout(subject: Subject, version: string, language: Language, format: AboutFormat): string {
  const about: About = {
    name: subject.name,
    description: subject.description[language],
    version,
    capabilities: subject.capabilities,
    settings: settingsJsonSchema(subject.schema, language),
  };
  if (format === 'json') return `${JSON.stringify({ ...about, settings: nested(about.settings) }, null, 2)}\n`;
  const rows = rowsOf(about.settings, subject.environmentPrefix);
  return format === 'markdown' ? asMarkdown(about, rows, language) : asText(about, rows, language);
}

/** Settings with dotted names as members of an object, which is how a JSON file holds them. */
function nested({ properties, required }: SettingsJsonSchema): object {
  const tree: Record<string, SettingProperty> = {};
  for (const [key, property] of Object.entries(properties)) {
    const [group = key, member] = key.split('.');
    tree[group] = member === undefined ? property : withMember(tree[group], member, property);
  }
  return { type: 'object', properties: tree, required };
}

function withMember(group: SettingProperty | undefined, member: string, property: SettingProperty): SettingProperty {
  return { type: 'object', properties: { ...(group?.properties ?? {}), [member]: property } };
}

interface SettingRow {
  readonly key: string;
  readonly variable: string;
  readonly type: string;
  readonly fallback: string;
  readonly isRequired: boolean;
  readonly description: string;
}

function rowsOf({ properties, required }: SettingsJsonSchema, prefix: string): readonly SettingRow[] {
  return Object.entries(properties).map(([key, property]) => ({
    key,
    variable: environmentNameOf(prefix, key),
    type: typeOf(property),
    fallback: property.default === undefined ? '' : JSON.stringify(property.default),
    isRequired: required.includes(key),
    description: property.description ?? '',
  }));
}

function typeOf({ type, format, anyOf, enum: choices }: SettingProperty): string {
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' | ');
  if (choices) return choices.join(' | ');
  return format ?? type ?? '';
}

const REQUIRED: Text = { en: 'required', ja: '必須' };
const DEFAULT: Text = { en: 'default', ja: '既定値' };

function asText(
  { name, version, description, capabilities }: About,
  rows: readonly SettingRow[],
  language: Language,
): string {
  const settings = rows.map((row) => {
    const notes = [
      row.type,
      row.isRequired ? REQUIRED[language] : '',
      row.fallback && `${DEFAULT[language]} ${row.fallback}`,
    ];
    return `  ${row.key} (${notes.filter(Boolean).join(', ')}; ${row.variable})\n      ${row.description}`;
  });
  const titles = { en: ['Capabilities', 'Settings'], ja: ['機能', '設定'] }[language];
  return `${name} ${version}\n${description}\n\n${titles[0]}: ${capabilities.join(', ')}\n\n${titles[1]}:\n${settings.join('\n')}\n`;
}

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Setting', 'Environment', 'Type', 'Required', 'Default', 'Description'],
  ja: ['設定', '環境変数', '型', '必須', '既定値', '説明'],
};

function asMarkdown(
  { name, version, description, capabilities }: About,
  rows: readonly SettingRow[],
  language: Language,
): string {
  const headings = HEADINGS[language];
  const lines = [
    headings,
    headings.map(() => '---'),
    ...rows.map(({ key, variable, type, fallback, isRequired, description: text }) => [
      `\`${key}\``,
      `\`${variable}\``,
      type.replaceAll('|', '\\|'),
      isRequired ? '✓' : '',
      fallback && `\`${fallback}\``,
      text,
    ]),
  ];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const list = capabilities.map((capability) => `* \`${capability}\``).join('\n');
  const titles = { en: ['Capabilities', 'Settings'], ja: ['機能', '設定'] }[language];
  return `# \`${name}\` ${version}\n\n${description}\n\n## ${titles[0]}\n\n${list}\n\n## ${titles[1]}\n\n${table}\n`;
}
