import type { SourceText } from '../source-text.ts';
import type { Token, TokenKind } from './token.ts';

/** What each opening quote ends with, and what stands in it. The closing character is doubled to stand for itself. */
const QUOTES: Readonly<Record<string, { readonly close: string; readonly kind: TokenKind }>> = {
  "'": { close: "'", kind: 'string' },
  '"': { close: '"', kind: 'word' },
  '`': { close: '`', kind: 'word' },
  '[': { close: ']', kind: 'word' },
};

const BLANK = /\s+/y;
const COMMENT = /--[^\r\n]*|\/\*[\s\S]*?\*\//y;
const COMMENT_LINE = /#[^\r\n]*/y;
const NUMBER = /(?:0[xX][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}\p{N}_])/uy;
const WORD = /[\p{L}\p{N}_@:$][\p{L}\p{M}\p{N}_@:$]*/uy;
const SYMBOL = /->>|\|\||<>|<=|>=|!=|==|<<|>>|->|./suy;

/** In the order in which they are tried: `2024_issues` is a word, though it begins like a number. */
const PATTERNS = [
  ['number', NUMBER],
  ['word', WORD],
  ['symbol', SYMBOL],
] as const;

/** The tokens of a query file or a SELECT; comments and blanks are left out, a byte-order mark counts as blank. */
export function scan(source: SourceText): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.text.length) {
    const skipped = skipBlank(source, offset);
    if (skipped > offset) {
      offset = skipped;
      continue;
    }
    const token = scanToken(source, offset);
    tokens.push(token);
    offset = token.end;
  }
  return tokens;
}

function skipBlank(source: SourceText, offset: number): number {
  const { text } = source;
  if (text.startsWith('/*', offset) && !text.includes('*/', offset + 2)) throw unclosed(source, offset, '/*');
  const atLineStart = /(?:^|[\r\n])[ \t\uFEFF]*$/.test(text.slice(Math.max(0, offset - 200), offset));
  return (
    endOfMatch(BLANK, text, offset) ??
    endOfMatch(COMMENT, text, offset) ??
    (atLineStart ? endOfMatch(COMMENT_LINE, text, offset) : undefined) ??
    offset
  );
}

function scanToken(source: SourceText, offset: number): Token {
  const quote = QUOTES[source.text[offset] ?? ''];
  if (quote) return scanQuoted(source, offset, quote.close, quote.kind);
  for (const [kind, pattern] of PATTERNS) {
    const end = endOfMatch(pattern, source.text, offset);
    if (end !== undefined) return { kind, value: source.text.slice(offset, end), quoted: false, start: offset, end };
  }
  throw new RangeError(`nothing to scan at ${offset}`);
}

function scanQuoted(source: SourceText, start: number, close: string, kind: TokenKind): Token {
  const { text } = source;
  let end = text.indexOf(close, start + 1);
  while (end >= 0 && text[end + 1] === close) end = text.indexOf(close, end + 2);
  if (end < 0) throw unclosed(source, start, text.charAt(start));
  const value = text.slice(start + 1, end).replaceAll(close + close, close);
  return { kind, value, quoted: kind === 'word', start, end: end + 1 };
}

function unclosed(source: SourceText, offset: number, opening: string) {
  return source.errorAt(
    offset,
    'replicate.unclosed',
    { en: `${opening} is never closed`, ja: `${opening} が閉じられていません` },
    { en: 'Add the closing character.', ja: '閉じる記号を書き足してください。' },
  );
}

function endOfMatch(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
