import { StatementParser } from './grammar/statement-parser.ts';
import { SourceText } from './source-text.ts';
import type { ReplicateStatement } from './statement.ts';

/** All statements of a query file. Throws a `ConfigurationError` at the first that cannot be understood. */
export function parseStatements(sql: string, path: string): readonly ReplicateStatement[] {
  return new StatementParser(new SourceText(path, sql)).parseFile();
}
