import type { Text } from '../../runtime/text.ts';
import type { ColumnDefinition, TableDefinition } from '../statement.ts';
import type { TokenCursor } from './token-cursor.ts';

const COLUMN_NAME: Text = { en: 'a column name', ja: '列名' };

/** `(Id INTEGER, IssueKey VARCHAR(50), PRIMARY KEY (Id))`; a column may also carry PRIMARY KEY or NOT NULL itself. */
export function parseTableDefinition(cursor: TokenCursor): TableDefinition {
  const columns: ColumnDefinition[] = [];
  const primaryKey: string[] = [];
  cursor.expectSymbol('(');
  do {
    if (cursor.atKeyword('PRIMARY') && cursor.atKeyword('KEY', 1)) {
      primaryKey.push(...parseKeyClause(cursor));
      break;
    }
    const column = parseColumn(cursor);
    columns.push(column);
    if (parseColumnConstraints(cursor)) primaryKey.push(column.name);
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return { columns, primaryKey };
}

function parseKeyClause(cursor: TokenCursor): readonly string[] {
  cursor.expectKeyword('PRIMARY');
  cursor.expectKeyword('KEY');
  cursor.expectSymbol('(');
  const names = [cursor.expectName(COLUMN_NAME)];
  while (cursor.takeSymbol(',')) names.push(cursor.expectName(COLUMN_NAME));
  cursor.expectSymbol(')');
  return names;
}

function parseColumn(cursor: TokenCursor): ColumnDefinition {
  const name = cursor.expectName(COLUMN_NAME);
  const words = [cursor.expectName({ en: 'a data type', ja: 'データ型' })];
  while (cursor.peek()?.kind === 'word' && !atConstraint(cursor)) words.push(cursor.next()?.value ?? '');
  return { name, type: words.join(' ').toUpperCase(), typeArguments: parseTypeArguments(cursor) };
}

/** `VARCHAR(MAX)` sets no limit. */
function parseTypeArguments(cursor: TokenCursor): readonly number[] {
  const numbers: number[] = [];
  if (!cursor.takeSymbol('(')) return numbers;
  do {
    if (cursor.takeKeyword('MAX')) continue;
    if (cursor.peek()?.kind !== 'number') throw cursor.expected({ en: 'a number', ja: '数' });
    numbers.push(Number(cursor.next()?.value));
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return numbers;
}

function atConstraint(cursor: TokenCursor): boolean {
  return ['NOT', 'NULL', 'PRIMARY'].some((keyword) => cursor.atKeyword(keyword));
}

/** Whether the column is (part of) the key. That it may not be null is the source's affair, not the statement's. */
function parseColumnConstraints(cursor: TokenCursor): boolean {
  let isKey = false;
  while (atConstraint(cursor)) {
    if (cursor.takeKeyword('PRIMARY')) {
      cursor.expectKeyword('KEY');
      isKey = true;
    } else {
      cursor.takeKeyword('NOT');
      cursor.expectKeyword('NULL');
    }
  }
  return isKey;
}
