import { ConfigurationError } from '../../runtime/errors.ts';
import type { Text } from '../../runtime/text.ts';

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export function statementError(statement: Place, code: string, text: Text, hint: Text): ConfigurationError {
  return new ConfigurationError({ code, text, hint, path: placeOf(statement) });
}

export function placeOf({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`;
}
