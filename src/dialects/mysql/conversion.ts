import type { ColumnType } from '../../load/column-type.ts';
import { literal } from './literal.ts';

/**
 * A stored value as the loader would write it into a column of the wider type, as SQL; `undefined` where the server's own
 * conversion gives just that. It has to be the same text, or rows that arrive again would count as changed.
 */
export function conversion(from: ColumnType, to: ColumnType, column: string): string | undefined {
  if (from === to) return undefined;
  if (to === 'text') return TEXTS[from]?.(column);
  if (to !== 'json') return undefined;
  const text = TEXTS[from]?.(column);
  return QUOTED.includes(from) ? jsonString(text ?? column) : text;
}

const TEXTS: Readonly<Partial<Record<ColumnType, (column: string) => string>>> = {
  boolean: (column) => `IF(${column}, 'true', 'false')`,
  number: numberText,
  decimal: (column) => withoutZeros(`CAST(${column} AS CHAR)`),
  time: (column) => withoutZeros(`CAST(${column} AS CHAR)`),
  timestamp: (column) => {
    const text = `DATE_FORMAT(${column}, '%Y-%m-%dT%H:%i:%s.%f')`;
    return `CONCAT(${withoutZeros(text)}, 'Z')`;
  },
};

/** Types whose values are strings in JSON. */
const QUOTED: readonly ColumnType[] = ['date', 'time', 'timestamp', 'text', 'binary'];

function withoutZeros(text: string): string {
  return `IF(LOCATE('.', ${text}), TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM ${text})), ${text})`;
}

/** The server writes large and small doubles with an exponent, the loader with zeros. */
function numberText(column: string): string {
  const text = `CAST(${column} AS CHAR)`;
  const mantissa = `REPLACE(SUBSTRING_INDEX(${text}, 'e', 1), '-', '')`;
  const power = `CAST(SUBSTRING_INDEX(${text}, 'e', -1) AS SIGNED)`;
  const digits = `REPLACE(${mantissa}, '.', '')`;
  const large = `IF(${power} >= LENGTH(${digits}) - 1,
    CONCAT(${digits}, REPEAT('0', ${power} - LENGTH(${digits}) + 1)),
    CONCAT(LEFT(${digits}, ${power} + 1), '.', SUBSTRING(${digits}, ${power} + 2)))`;
  const small = `CONCAT('0.', REPEAT('0', -${power} - 1), ${digits})`;
  const sign = `IF(${column} < 0, '-', '')`;
  return `IF(LOCATE('e', ${text}), CONCAT(${sign}, IF(${power} < 0, ${small}, ${large})), ${text})`;
}

/** As `JSON.stringify` writes it: the two escapes and every control character. */
function jsonString(text: string): string {
  const characters = ['\\', '"', ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))];
  const escaped = characters.reduce((inner, character) => {
    const written = JSON.stringify(character).slice(1, -1);
    return `REPLACE(${inner}, ${literal(character)}, ${literal(written)})`;
  }, text);
  return `CONCAT('"', ${escaped}, '"')`;
}
