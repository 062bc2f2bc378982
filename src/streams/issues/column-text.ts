/**
 * The name of a custom field as part of a column's name: letters and digits of any script in lower case, with an
 * underscore in place of everything between. Empty if the name has neither.
 */
export function columnText(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}
