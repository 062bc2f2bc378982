export type TokenKind =
  /** A bare or quoted name, or a keyword; `value` is the name without its quotes. */
  | 'word'
  /** A string in single quotes; `value` is what it says. */
  | 'string'
  | 'number'
  /** One or two characters that are an operator or a separator. */
  | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  /** Quoted words are never keywords. */
  readonly quoted: boolean;
  /** Offsets in the text scanned; `end` is the first that no longer belongs to the token. */
  readonly start: number;
  readonly end: number;
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.value === symbol;
}

/** Keywords match in any case. */
export function isKeyword(token: Token | undefined, keyword: string): boolean {
  return token?.kind === 'word' && !token.quoted && token.value.toUpperCase() === keyword;
}
