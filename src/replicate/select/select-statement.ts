import type { Database, Statement } from 'better-sqlite3';
import { isKeyword, type Token } from '../grammar/token.ts';
import type { QueryColumn } from '../query.ts';
import { SqliteRowEvaluator } from '../run/row-evaluator.ts';
import { SourceText } from '../source-text.ts';
import { createTables, type SqlEngine } from '../sqlite/sql-engine.ts';
import type { ReplicateStatement } from '../statement.ts';
import { translateCdataSql } from './cdata-sql.ts';
import { checkSelect } from './check-select.ts';
import { explain, type Program } from './program.ts';
import { resultSchemas } from './result-type.ts';
import { isRowWise } from './row-wise.ts';
import { SelectText } from './select-text.ts';
import type { Selection } from './selection.ts';
import type { SourceTable } from './source-table.ts';

/** What a SELECT selects, as SQLite sees it. */
export function selectStatement(
  statement: ReplicateStatement,
  select: string,
  tables: readonly SourceTable[],
  engine: SqlEngine,
): Selection {
  const database = engine.inMemory();
  createTables(database, tables);
  try {
    const written = SelectText.of(new SourceText(statement.path, select, statement.selectAt));
    const { text, statement: prepared } = checkSelect(database, translateCdataSql(written), tables);
    const program = explain(database, text.sql);
    const reads = tablesRead(text, program, tables);
    const columns = columnsOf(prepared, program, text.tokens, tables);
    const rowWise = isRowWise(text.tokens, program);
    const evaluator = rowWise ? evaluatorFor(database, text, program, reads, columns) : undefined;
    if (!evaluator) database.close();
    return { tables, reads, columns, sql: text.sql, rowWise, ...(evaluator && { evaluator }) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function tablesRead(text: SelectText, program: Program, tables: readonly SourceTable[]): readonly SourceTable[] {
  const names = new Set(program.tables.values());
  const reads = tables.filter(({ name }) => names.has(name));
  if (reads.length > 0 && reads.length === names.size) return reads;
  throw text.errorAt(
    text.tokens[0],
    'replicate.no-table',
    { en: 'the SELECT reads no table of Backlog', ja: 'SELECT が Backlog のテーブルを読んでいません' },
    {
      en: 'Select from a table, for example: SELECT * FROM Issues',
      ja: 'テーブルから選択してください。例: SELECT * FROM Issues',
    },
  );
}

/**
 * Where a column of the result comes from is what SQLite says, but for a UNION: there it speaks of the first SELECT
 * alone.
 */
function columnsOf(
  prepared: Statement,
  program: Program,
  tokens: readonly Token[],
  tables: readonly SourceTable[],
): readonly QueryColumn[] {
  const described = prepared.columns();
  const isCompound = tokens.some((token) => ['UNION', 'INTERSECT', 'EXCEPT'].some((word) => isKeyword(token, word)));
  const byName = new Map(tables.map((table) => [table.name, table]));
  const computed = resultSchemas(program, described.length, (cursor, column) => {
    return byName.get(program.tables.get(cursor) ?? '')?.columns[column]?.kind;
  });
  const names = uniqueNames(described.map(({ name, table }) => ({ name, table })));
  return described.map(({ table, column }, index) => {
    const stream = isCompound ? undefined : byName.get(table ?? '');
    const origin = stream?.columns.find(({ name }) => name === column);
    const name = names[index] ?? '';
    if (!stream || !origin) return { name, schema: computed[index] ?? {} };
    return { name, schema: origin.schema, origin: { stream: stream.stream, column: origin.property } };
  });
}

/** Of two columns with one name, the later one is called after its table too, or numbered. */
function uniqueNames(columns: readonly { readonly name: string; readonly table: string | null }[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ name, table }) => {
    const free = (candidate: string) => !taken.has(candidate.toLowerCase());
    let candidate = free(name) || table === null ? name : table + name;
    for (let number = 2; !free(candidate); number++) candidate = `${name}${number}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

/** Not needed where every row passes and nothing is computed. */
function evaluatorFor(
  database: Database,
  text: SelectText,
  program: Program,
  [table]: readonly SourceTable[],
  columns: readonly QueryColumn[],
): SqliteRowEvaluator | undefined {
  const isPlain = columns.every(({ origin }) => origin !== undefined);
  const isFiltered = text.tokens.some((token) => isKeyword(token, 'WHERE'));
  if (!table || (isPlain && !isFiltered)) return undefined;
  return new SqliteRowEvaluator(database, text.sql, table, program);
}
