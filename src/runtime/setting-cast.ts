import type { SettingProperty } from './setting-schema.ts';

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
]);

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A text, from the environment or from a file that was filled in by another program, as the type of its setting. Lists
 * may be JSON or divided by commas. What does not look like the type stays a text, for the validation to refuse.
 */
export function castText(text: string, property: SettingProperty): unknown {
  switch (property.type) {
    case 'boolean':
      return BOOLEANS.get(text.trim().toLowerCase()) ?? text;
    case 'integer':
    case 'number':
      return NUMBER.test(text.trim()) ? Number(text) : text;
    case 'array':
      return text.trim().startsWith('[') ? jsonOrText(text) : splitList(text);
    case 'object':
      return jsonOrText(text);
    default:
      return text;
  }
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
