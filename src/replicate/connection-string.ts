import { ConfigurationError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';
import type { SourceText } from './source-text.ts';

export interface ConnectionProperty {
  /** As written, without outer blanks. */
  readonly name: string;
  readonly value: string;
  /** Of the name's first character. */
  readonly offset: number;
}

/**
 * The properties of `Name=Value;Name='a;b'`, in order. A value in single or double quotes may hold anything; the quote
 * doubled stands for itself. Blanks around names and values do not count, and a value without quotes may hold `=`.
 * Errors tell the place but never the text, which may be secret (invariant 9).
 */
export function parseConnectionString(source: SourceText): readonly ConnectionProperty[] {
  const properties: ConnectionProperty[] = [];
  let offset = skip(EMPTY, source.text, 0);
  while (offset < source.text.length) {
    const equals = source.text.indexOf('=', offset);
    const name = source.text.slice(offset, equals < 0 ? undefined : equals).trim();
    if (equals < 0 || name === '' || name.includes(';')) throw malformed(source, offset, MISSING_NAME);
    const { value, end } = readValue(source, skip(BLANK, source.text, equals + 1));
    properties.push({ name, value, offset });
    offset = skip(EMPTY, source.text, end);
  }
  return properties;
}

const BLANK = /\s*/y;
/** Between properties: semicolons may be repeated. */
const EMPTY = /[\s;]*/y;

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  pattern.test(text);
  return pattern.lastIndex;
}

interface ValueRead {
  readonly value: string;
  /** Where the semicolon stands, or the text ends. */
  readonly end: number;
}

function readValue(source: SourceText, start: number): ValueRead {
  const { text } = source;
  const quote = text[start];
  if (quote === "'" || quote === '"') return readQuoted(source, start, quote);
  const semicolon = text.indexOf(';', start);
  const end = semicolon < 0 ? text.length : semicolon;
  return { value: text.slice(start, end).trim(), end };
}

function readQuoted(source: SourceText, start: number, quote: string): ValueRead {
  const { text } = source;
  let close = text.indexOf(quote, start + 1);
  while (close >= 0 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
  if (close < 0) throw malformed(source, start, UNCLOSED);
  const end = skip(BLANK, text, close + 1);
  if (end < text.length && text[end] !== ';') throw malformed(source, end, TEXT_AFTER_QUOTE);
  return { value: text.slice(start + 1, close).replaceAll(quote + quote, quote), end };
}

const MISSING_NAME: Text = { en: 'expected Name=Value', ja: '「名前=値」の形になっていません' };
const UNCLOSED: Text = { en: 'the quotation is never closed', ja: '引用符が閉じられていません' };
const TEXT_AFTER_QUOTE: Text = {
  en: 'expected ";" after the closing quotation mark',
  ja: '閉じる引用符の後に ";" がありません',
};

function malformed(source: SourceText, offset: number, text: Text): ConfigurationError {
  return new ConfigurationError({
    code: 'connection-string.malformed',
    text,
    hint: {
      en: 'Write Name=Value;Name=Value; and put a value that contains ; or quotes into quotation marks, doubling them inside.',
      ja: '「名前=値;名前=値;」の形で書き、; や引用符を含む値は引用符で囲んで、中の引用符は二つ重ねてください。',
    },
    path: source.placeOf(offset),
  });
}
