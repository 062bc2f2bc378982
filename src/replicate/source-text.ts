import { ConfigurationError } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';

/** Both count from one; a column is a UTF-16 unit, as editors count it. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const START: Position = { line: 1, column: 1 };

/** A text that a user wrote, and where it stands: the whole file, or the part of it that begins at `start`. */
export class SourceText {
  readonly path: string;
  readonly text: string;
  readonly start: Position;

  constructor(path: string, text: string, start: Position = START) {
    this.path = path;
    this.text = text;
    this.start = start;
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset);
    const lineBreaks = before.match(/\r\n|\n|\r/g)?.length ?? 0;
    const column = before.length - lineStart(before, before.length);
    if (lineBreaks === 0) return { line: this.start.line, column: this.start.column + column };
    return { line: this.start.line + lineBreaks, column: column + 1 };
  }

  /** `file:line:column`, the form that editors and terminals turn into a link. */
  placeOf(offset: number): string {
    const { line, column } = this.positionAt(offset);
    return `${this.path}:${line}:${column}`;
  }

  /** What is wrong at `offset`; its hint shows the line with a caret under the place. */
  errorAt(offset: number, code: string, text: Text, hint: Text): ConfigurationError {
    const excerpt = this.excerptAt(offset);
    return new ConfigurationError({
      code,
      text,
      hint: { en: `${hint.en}\n${excerpt}`, ja: `${hint.ja}\n${excerpt}` },
      path: this.placeOf(offset),
    });
  }

  private excerptAt(offset: number): string {
    const from = lineStart(this.text, offset);
    const line = this.text.slice(from).split(/\r\n|\n|\r/, 1)[0] ?? '';
    const cut = Math.max(0, offset - from - WIDTH_BEFORE);
    const shown = line.slice(cut, cut + WIDTH);
    const indent = line.slice(cut, offset - from).replace(/[^\t]/g, ' ');
    return `    ${shown}\n    ${indent}^`;
  }
}

const WIDTH = 100;
const WIDTH_BEFORE = 70;

function lineStart(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
}
