/** The text of an expression as we send texts; tables that others made may keep them otherwise. */
export function inUnicode(expression: string, charset: string | undefined): string {
  return charset === undefined || charset === 'utf8mb4' ? expression : `CONVERT(${expression} USING utf8mb4)`;
}
