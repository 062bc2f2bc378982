import type { Cell, Cells } from './dialect.ts';

/** Tells keys apart as the database does; different keys never give the same (a joined text would). */
export type KeyId = Cell | string;

/** How rows of a table are told apart, by the places of the key's columns. */
export function keyIdentifier(places: readonly number[]): (cells: Cells) => KeyId {
  const [only] = places;
  if (places.length === 1 && only !== undefined) return (cells) => cells[only] ?? null;
  return (cells) => places.map((place) => tagged(cells[place] ?? null)).join('');
}

/** Type, length and content: no separator that content could imitate. */
function tagged(cell: Cell): string {
  if (cell === null) return 'n;';
  const text = String(cell);
  const tag = typeof cell === 'string' ? 's' : typeof cell === 'boolean' ? 'b' : 'i';
  return `${tag}${text.length};${text}`;
}
