import type { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import type { SourceText } from '../source-text.ts';
import { scan } from './scanner.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

/** The place that a parser has reached among the tokens of a text, and the errors it can raise there. */
export class TokenCursor {
  readonly source: SourceText;
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(source: SourceText) {
    this.source = source;
    this.tokens = scan(source);
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  next(): Token | undefined {
    return this.tokens[this.index++];
  }

  /** Where the next token begins, or the text ends. */
  get offset(): number {
    return this.peek()?.start ?? this.source.text.length;
  }

  /** Where the token before the next one ends. */
  get previousEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  get atStatementEnd(): boolean {
    return this.peek() === undefined || this.atSymbol(';');
  }

  atSymbol(symbol: string, ahead = 0): boolean {
    return isSymbol(this.peek(ahead), symbol);
  }

  atKeyword(keyword: string, ahead = 0): boolean {
    return isKeyword(this.peek(ahead), keyword);
  }

  takeSymbol(symbol: string): boolean {
    return this.take(this.atSymbol(symbol));
  }

  takeKeyword(keyword: string): boolean {
    return this.take(this.atKeyword(keyword));
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.expected({ en: `"${symbol}"`, ja: `"${symbol}"` });
  }

  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.expected({ en: keyword, ja: keyword });
  }

  /** A bare or quoted name; `what` says whose, for the message. */
  expectName(what: Text): string {
    const token = this.peek();
    if (token?.kind !== 'word' || token.value === '') throw this.expected(what);
    this.index++;
    return token.value;
  }

  expected(what: Text): ConfigurationError {
    const found = this.peek();
    const shown = found && this.source.text.slice(found.start, Math.min(found.end, found.start + LONGEST_SHOWN));
    return this.source.errorAt(
      this.offset,
      'replicate.syntax',
      shown === undefined
        ? { en: `expected ${what.en}, but the text ends here`, ja: `${what.ja}が必要ですが、ここで終わっています` }
        : { en: `expected ${what.en}, found ${shown}`, ja: `${what.ja}が必要ですが、${shown} があります` },
      SYNTAX_HINT,
    );
  }

  private take(present: boolean): boolean {
    if (present) this.index++;
    return present;
  }
}

const LONGEST_SHOWN = 40;

const SYNTAX_HINT: Text = {
  en: 'A statement reads: REPLICATE table [(columns)] [WITH options] [SELECT … | source table];',
  ja: '文の形: REPLICATE テーブル [(列)] [WITH オプション] [SELECT … | 元のテーブル];',
};
