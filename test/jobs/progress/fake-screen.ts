/** A terminal of which one can ask what stands on it: understands line breaks, cursor up, and erase below. */
export class FakeScreen {
  readonly columns: number;
  readonly rows: number;
  readonly #lines: string[] = [''];
  #row = 0;
  writes = 0;

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    this.writes += 1;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
    for (const part of text.match(/\x1b\[\d*[AJ]|[\r\n]|[^\x1b\r\n]+/g) ?? []) this.#apply(part);
  }

  get lines(): readonly string[] {
    return this.#lines.slice(0, -1);
  }

  #apply(part: string): void {
    if (part === '\n') this.#moveTo(this.#row + 1);
    else if (part.endsWith('A') && part.startsWith('\x1b')) this.#moveTo(this.#row - Number(part.slice(2, -1)));
    else if (part === '\x1b[J') this.#lines.splice(this.#row, Infinity, '');
    else if (part !== '\r') this.#lines[this.#row] += part;
  }

  #moveTo(row: number): void {
    if (row < 0) throw new Error('The cursor left the screen.');
    this.#row = row;
    while (this.#lines.length <= row) this.#lines.push('');
  }
}
