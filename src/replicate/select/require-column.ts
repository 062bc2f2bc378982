import type { Text } from '../../runtime/text.ts';
import { matchName } from '../names.ts';
import type { ReplicateStatement } from '../statement.ts';
import { suggestion } from '../suggestion.ts';
import { statementError } from './statement-error.ts';

/** The name that is meant, as the columns spell it. */
export function requireColumn(statement: ReplicateStatement, typed: string, names: readonly string[]): string {
  const match = matchName(typed, names);
  if ('name' in match) return match.name;
  const text: Text = { en: `there is no column ${typed}`, ja: `${typed} という列はありません` };
  throw statementError(statement, 'replicate.unknown-column', text, suggestion(match.nearest, names));
}
