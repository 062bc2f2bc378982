import type { Cell } from '../../load/dialect.ts';

const SPECIAL = /[\\'\0]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\0': '\\0' };

/** A value as it stands in a statement. The session's SQL mode makes `\` an escape. */
export function literal(cell: Cell): string {
  switch (typeof cell) {
    case 'string':
      return `'${SPECIAL.test(cell) ? cell.replace(/[\\'\0]/g, (character) => ESCAPES[character] ?? '') : cell}'`;
    case 'object':
      return cell === null ? 'NULL' : `x'${Buffer.from(cell).toString('hex')}'`;
    default:
      return String(cell);
  }
}
