import type { Cell } from './cell.ts';

/** A function of CData's SQL that SQLite lacks. As in SQL, a null among the arguments makes the result null. */
export interface SqlFunction {
  readonly name: string;
  readonly run: (...args: Cell[]) => Cell;
}

export function sqlFunction(name: string, run: (...args: Exclude<Cell, null>[]) => Cell): SqlFunction {
  return { name, run: (...args) => (isComplete(args) ? run(...args) : null) };
}

function isComplete(args: readonly Cell[]): args is Exclude<Cell, null>[] {
  return args.every((argument) => argument !== null);
}

/** Characters, not UTF-16 units, as SQLite's own functions count them. */
function characters(cell: Cell | undefined): readonly string[] {
  return Array.from(String(cell ?? ''));
}

function firstCharacters(text: Cell | undefined, count: Cell | undefined): string {
  return characters(text)
    .slice(0, Math.max(0, Number(count)))
    .join('');
}

function lastCharacters(text: Cell | undefined, count: Cell | undefined): string {
  const all = characters(text);
  return all.slice(Math.max(0, all.length - Math.max(0, Number(count)))).join('');
}

/** Counted from one; zero if it is not found. Case does not matter, as in CData's and SQL Server's CHARINDEX. */
function position(sought: Cell | undefined, text: Cell | undefined, start: Cell = 1): bigint {
  const before = characters(text)
    .slice(0, Math.max(0, Number(start) - 1))
    .join('');
  const index = String(text).toLowerCase().indexOf(String(sought).toLowerCase(), before.length);
  return BigInt(index < 0 ? 0 : characters(String(text).slice(0, index)).length + 1);
}

function pad(text: Cell | undefined, length: Cell | undefined, filler: Cell | undefined): string {
  const missing = Math.max(0, Number(length) - characters(text).length);
  return firstCharacters(String(filler ?? ' ').repeat(missing), missing);
}

function stuff(
  text: Cell | undefined,
  start: Cell | undefined,
  length: Cell | undefined,
  put: Cell | undefined,
): string {
  const all = characters(text);
  const from = Math.max(0, Number(start) - 1);
  return [...all.slice(0, from), String(put), ...all.slice(from + Math.max(0, Number(length)))].join('');
}

function repeated(text: Cell | undefined, count: Cell | undefined): string {
  return String(text).repeat(Math.max(0, Number(count)));
}

export const STRING_FUNCTIONS: readonly SqlFunction[] = [
  sqlFunction('ucase', (text) => String(text).toUpperCase()),
  sqlFunction('lcase', (text) => String(text).toLowerCase()),
  sqlFunction('len', (text) => BigInt(characters(String(text).trimEnd()).length)),
  sqlFunction('left', firstCharacters),
  sqlFunction('right', lastCharacters),
  sqlFunction('charindex', position),
  sqlFunction('locate', position),
  sqlFunction('space', (count) => repeated(' ', count)),
  sqlFunction('repeat', repeated),
  sqlFunction('replicate', repeated),
  sqlFunction('reverse', (text) => characters(text).toReversed().join('')),
  sqlFunction('lpad', (text, length, filler) => pad(text, length, filler) + firstCharacters(text, length)),
  sqlFunction('rpad', (text, length, filler) => firstCharacters(text, length) + pad(text, length, filler)),
  sqlFunction('stuff', stuff),
  sqlFunction('ascii', (text) => BigInt(String(text).codePointAt(0) ?? 0)),
  sqlFunction('str', String),
  sqlFunction('regexp', (pattern, text) => BigInt(new RegExp(String(pattern), 'u').test(String(text)))),
  { name: 'nvl', run: (value = null, otherwise = null) => value ?? otherwise },
];
