import { DataError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';

/** One line of a message stream; the first is number 1. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
}

const EXCERPT = 120;

/** A line that no target could load, with its number and its beginning. */
export function refuseLine(line: InputLine, code: string, reason: Text, hint?: Text): DataError {
  const excerpt = line.text.length > EXCERPT ? `${line.text.slice(0, EXCERPT)}…` : line.text;
  return new DataError({
    code,
    text: { en: `${reason.en}: ${excerpt}`, ja: `${reason.ja}: ${excerpt}` },
    ...(hint ? { hint } : {}),
    path: `stdin:${line.number}`,
  });
}
