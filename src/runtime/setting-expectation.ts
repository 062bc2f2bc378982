import type { SettingProperty } from './setting-schema.ts';
import type { Text } from './text.ts';

/** What a setting may hold, in words. */
export function expectationOf(property: SettingProperty): Text {
  if (property.anyOf) return either(property.anyOf.map(expectationOf));
  if (property.enum) return oneOf(property.enum);
  switch (property.type) {
    case 'integer':
      return bounded(property, { en: 'a whole number', ja: '整数' });
    case 'number':
      return bounded(property, { en: 'a number', ja: '数値' });
    case 'boolean':
      return { en: 'true or false', ja: 'true または false' };
    case 'array':
      return { en: 'a list', ja: 'リスト' };
    case 'object':
      return { en: 'an object', ja: 'オブジェクト' };
    default:
      return textOf(property);
  }
}

function textOf({ format, minLength = 0 }: SettingProperty): Text {
  if (format === 'date') return { en: 'a date (2024-01-31)', ja: '日付（2024-01-31）' };
  if (format === 'date-time') return { en: 'a date-time (2024-01-31T09:00:00Z)', ja: '日時（2024-01-31T09:00:00Z）' };
  return minLength > 0 ? { en: 'a text that is not empty', ja: '空でない文字列' } : { en: 'a text', ja: '文字列' };
}

function bounded({ minimum, exclusiveMinimum, maximum }: SettingProperty, kind: Text): Text {
  const bounds: Text[] = [];
  if (minimum !== undefined) bounds.push({ en: `at least ${minimum}`, ja: `${minimum} 以上` });
  if (exclusiveMinimum !== undefined)
    bounds.push({ en: `above ${exclusiveMinimum}`, ja: `${exclusiveMinimum} より大きい` });
  if (maximum !== undefined) bounds.push({ en: `at most ${maximum}`, ja: `${maximum} 以下` });
  if (bounds.length === 0) return kind;
  return {
    en: `${kind.en}, ${bounds.map(({ en }) => en).join(' and ')}`,
    ja: `${bounds.map(({ ja }) => ja).join('、')}の${kind.ja}`,
  };
}

function oneOf(values: readonly unknown[]): Text {
  const list = values.map((value) => JSON.stringify(value)).join(', ');
  return { en: `one of ${list}`, ja: `${list} のいずれか` };
}

function either(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(' or '), ja: texts.map(({ ja }) => ja).join('、または') };
}
