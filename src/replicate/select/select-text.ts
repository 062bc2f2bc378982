import type { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';
import { scan } from '../grammar/scanner.ts';
import type { Token } from '../grammar/token.ts';
import type { SourceText } from '../source-text.ts';
import { quoteName } from '../sqlite/sql-text.ts';

/**
 * A SELECT as the user wrote it, and the SQL that SQLite is given in its place: token by token the same, in SQLite's
 * quotes and without comments, but for tokens that have been replaced. So every complaint finds its place again.
 */
export class SelectText {
  readonly source: SourceText;
  readonly tokens: readonly Token[];
  private readonly replacements: ReadonlyMap<Token, string>;
  private readonly suffix: string;

  private constructor(
    source: SourceText,
    tokens: readonly Token[],
    replacements: ReadonlyMap<Token, string>,
    suffix: string,
  ) {
    this.source = source;
    this.tokens = tokens;
    this.replacements = replacements;
    this.suffix = suffix;
  }

  static of(source: SourceText): SelectText {
    return new SelectText(source, scan(source), new Map(), '');
  }

  replacing(replacements: Iterable<readonly [Token, string]>): SelectText {
    return new SelectText(this.source, this.tokens, new Map([...this.replacements, ...replacements]), this.suffix);
  }

  followedBy(suffix: string): SelectText {
    return new SelectText(this.source, this.tokens, this.replacements, `${this.suffix} ${suffix}`);
  }

  isReplaced(token: Token): boolean {
    return this.replacements.has(token);
  }

  get sql(): string {
    return this.print(this.tokens) + this.suffix;
  }

  /** The SQL up to and including this token. */
  sqlThrough(last: Token): string {
    return this.print(this.tokens.slice(0, this.tokens.indexOf(last) + 1));
  }

  /** The name that a word stands for in the SQL. */
  nameOf(token: Token): string {
    const replacement = this.replacements.get(token);
    return replacement === undefined ? token.value : replacement.slice(1, -1).replaceAll('""', '"');
  }

  /** What stands in the SQL for this token. */
  printToken(token: Token): string {
    const replacement = this.replacements.get(token);
    if (replacement !== undefined) return replacement;
    const written = this.source.text.slice(token.start, token.end);
    return token.quoted || (token.kind === 'word' && !BARE_NAME.test(written)) ? quoteName(token.value) : written;
  }

  errorAt(token: Token | undefined, code: string, text: Text, hint: Text): ConfigurationError {
    return this.source.errorAt(token?.start ?? 0, code, text, hint);
  }

  /** Two tokens that touch keep touching, so that `a.b` and `<=` stay what they are. */
  private print(tokens: readonly Token[]): string {
    let sql = '';
    let end = 0;
    for (const token of tokens) {
      if (token.start > end && sql !== '') sql += ' ';
      sql += this.printToken(token);
      end = token.end;
    }
    return sql;
  }
}

/** What SQLite takes for a name or keyword without quotes. */
const BARE_NAME = /^[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_$\u0080-\uFFFF]*$/;
