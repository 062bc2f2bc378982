import type { Text } from '../../runtime/text.ts';
import type { SourceText } from '../source-text.ts';
import type { OptionValue, QualifiedName, ReplicateStatement } from '../statement.ts';
import { parseTableDefinition } from './table-definition.ts';
import { TokenCursor } from './token-cursor.ts';
import { OptionReader } from './with-options.ts';

const TABLE_NAME: Text = { en: 'a table name', ja: 'テーブル名' };
const COLUMN_NAME: Text = { en: 'a column name', ja: '列名' };
const TAIL: Text = { en: 'SELECT, a source table or ";"', ja: 'SELECT、元のテーブル名、または ";" ' };

const FOREIGN_STATEMENTS = [
  'SELECT',
  'CHECKCACHE',
  'CACHE',
  'EXEC',
  'EXECUTE',
  'GETDELETED',
  'INSERT',
  'UPDATE',
  'DELETE',
];

/** Reads the documented grammar by recursive descent, one method per rule; a SELECT is kept as text for SQLite. */
export class StatementParser {
  private readonly cursor: TokenCursor;

  constructor(source: SourceText) {
    this.cursor = new TokenCursor(source);
  }

  parseFile(): readonly ReplicateStatement[] {
    const statements: ReplicateStatement[] = [];
    while (this.cursor.peek() !== undefined) {
      if (!this.cursor.takeSymbol(';')) statements.push(this.parseStatement());
    }
    return statements;
  }

  private parseStatement(): ReplicateStatement {
    const { cursor } = this;
    const { source, offset } = cursor;
    this.refuseForeignStatement();
    cursor.expectKeyword('REPLICATE');
    const destinationAt = cursor.offset;
    const destination = this.parseQualifiedName();
    const definition = this.atDefinition() ? parseTableDefinition(cursor) : undefined;
    const clauses = this.parseClauses();
    const tail = this.parseTail() ?? { source: destination.name, sourceAt: source.positionAt(destinationAt) };
    if (!cursor.atStatementEnd) throw cursor.expected({ en: '";"', ja: '";" ' });
    return {
      path: source.path,
      text: source.text.slice(offset, cursor.previousEnd),
      ...source.positionAt(offset),
      destination,
      ...(definition && { definition }),
      ...clauses,
      ...tail,
    };
  }

  private refuseForeignStatement(): void {
    const keyword = FOREIGN_STATEMENTS.find((foreign) => this.cursor.atKeyword(foreign));
    if (keyword === undefined) return;
    throw this.cursor.source.errorAt(
      this.cursor.offset,
      'replicate.statement-not-supported',
      { en: `${keyword} cannot stand here alone`, ja: `${keyword} 文はここでは使えません` },
      {
        en: 'A query file holds REPLICATE statements only, for example: REPLICATE MyTable SELECT * FROM Issues;',
        ja: 'クエリファイルに書けるのは REPLICATE 文だけです。例: REPLICATE MyTable SELECT * FROM Issues;',
      },
    );
  }

  private parseQualifiedName(): QualifiedName {
    const { cursor } = this;
    const names = [cursor.expectName(TABLE_NAME)];
    while (cursor.takeSymbol('.')) names.push(cursor.expectName(TABLE_NAME));
    const [name = '', schema, catalog, ...rest] = names.reverse();
    if (rest.length > 0) throw tooManyParts(cursor);
    return { ...(catalog !== undefined && { catalog }), ...(schema !== undefined && { schema }), name };
  }

  /** An opening bracket may also be that of a SELECT in brackets. */
  private atDefinition(): boolean {
    return this.cursor.atSymbol('(') && !this.atSelect(1);
  }

  private parseClauses(): Pick<ReplicateStatement, 'options' | 'notices' | 'include' | 'exclude'> {
    const { cursor } = this;
    const options = new OptionReader(cursor.source);
    let include: readonly string[] | undefined;
    let exclude: readonly string[] | undefined;
    while (true) {
      if (cursor.atKeyword('WITH') && !this.atSelect()) this.parseOptions(options);
      else if (include === undefined && this.atColumnList('INCLUDE')) include = this.parseColumnList();
      else if (exclude === undefined && this.atColumnList('EXCLUDE')) exclude = this.parseColumnList();
      else break;
    }
    return {
      options: options.values,
      notices: options.notices,
      ...(include && { include }),
      ...(exclude && { exclude }),
    };
  }

  private parseOptions(options: OptionReader): void {
    const { cursor } = this;
    cursor.expectKeyword('WITH');
    do {
      const at = cursor.offset;
      const name = cursor.expectName({ en: 'an option name', ja: 'オプション名' });
      options.read(name, cursor.takeSymbol('=') ? this.parseOptionValue() : true, at);
    } while (cursor.takeSymbol(','));
  }

  private parseOptionValue(): OptionValue {
    const { cursor } = this;
    const negative = cursor.takeSymbol('-');
    const token = cursor.peek();
    const isValue = token?.kind === 'number' || (!negative && (token?.kind === 'string' || token?.kind === 'word'));
    if (token === undefined || !isValue) throw cursor.expected({ en: 'a value', ja: '値' });
    cursor.next();
    if (token.kind !== 'number') return token.value;
    return negative ? -Number(token.value) : Number(token.value);
  }

  private atColumnList(keyword: string): boolean {
    return this.cursor.atKeyword(keyword) && this.cursor.atSymbol('(', 1);
  }

  private parseColumnList(): readonly string[] {
    const { cursor } = this;
    cursor.next();
    cursor.expectSymbol('(');
    const names = [cursor.expectName(COLUMN_NAME)];
    while (cursor.takeSymbol(',')) names.push(cursor.expectName(COLUMN_NAME));
    cursor.expectSymbol(')');
    return names;
  }

  private parseTail(): Pick<ReplicateStatement, 'select' | 'selectAt' | 'source' | 'sourceAt'> | undefined {
    const { cursor } = this;
    if (cursor.atStatementEnd) return undefined;
    if (this.atSelect()) return this.parseSelect();
    if (cursor.atSymbol('(') && this.atSelect(1)) return this.parseBracketedSelect();
    if (cursor.peek()?.kind !== 'word' || cursor.atKeyword('REPLICATE')) throw cursor.expected(TAIL);
    const sourceAt = cursor.source.positionAt(cursor.offset);
    return { source: this.parseQualifiedName().name, sourceAt };
  }

  private parseSelect(): Pick<ReplicateStatement, 'select' | 'selectAt'> {
    const { cursor } = this;
    const from = cursor.offset;
    while (!cursor.atStatementEnd) cursor.next();
    return this.selectBetween(from, cursor.previousEnd);
  }

  private parseBracketedSelect(): Pick<ReplicateStatement, 'select' | 'selectAt'> {
    const { cursor } = this;
    cursor.expectSymbol('(');
    const from = cursor.offset;
    for (let depth = 0; depth > 0 || !cursor.atSymbol(')'); cursor.next()) {
      if (cursor.atStatementEnd) throw cursor.expected({ en: '")"', ja: '")" ' });
      if (cursor.atSymbol('(')) depth++;
      if (cursor.atSymbol(')')) depth--;
    }
    const to = cursor.previousEnd;
    cursor.expectSymbol(')');
    return this.selectBetween(from, to);
  }

  private selectBetween(from: number, to: number): Pick<ReplicateStatement, 'select' | 'selectAt'> {
    const { source } = this.cursor;
    return { select: source.text.slice(from, to), selectAt: source.positionAt(from) };
  }

  /** A query begins with SELECT, or with `WITH name AS (` or `WITH name (` where options never have these. */
  private atSelect(ahead = 0): boolean {
    const { cursor } = this;
    if (cursor.atKeyword('SELECT', ahead)) return true;
    if (!cursor.atKeyword('WITH', ahead)) return false;
    const name = cursor.atKeyword('RECURSIVE', ahead + 1) ? ahead + 2 : ahead + 1;
    return cursor.atKeyword('AS', name + 1) || cursor.atSymbol('(', name + 1);
  }
}

function tooManyParts(cursor: TokenCursor) {
  return cursor.source.errorAt(
    cursor.offset,
    'replicate.name-too-long',
    { en: 'a table name has at most three parts', ja: 'テーブル名は最大 3 つの部分からなります' },
    {
      en: 'Write catalog.schema.table, and put a name that contains dots in [brackets].',
      ja: 'catalog.schema.table の形で書いてください。ドットを含む名前は [角括弧] で囲みます。',
    },
  );
}
