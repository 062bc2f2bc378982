import type { ColumnType } from '../../load/column-type.ts';
import { literal } from './literal.ts';

/**
 * A stored value as the loader would write it into a column of the wider type, as SQL; `undefined` where the server's own
 * conversion gives just that. It has to be the same text, or rows that arrive again would count as changed.
 */
export function conversion(from: ColumnType, to: ColumnType, column: string): string | undefined {
  if (from === to) return undefined;
  const text = TEXTS[from]?.(column);
  if (to === 'text') return text;
  if (to !== 'json') return undefined;
  if (from === 'number') return jsonNumber(column);
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
  const { text, sign, power, digits } = doubleParts(column);
  const large = `IF(${power} >= LENGTH(${digits}) - 1,
    CONCAT(${digits}, REPEAT('0', ${power} - LENGTH(${digits}) + 1)),
    CONCAT(LEFT(${digits}, ${power} + 1), '.', SUBSTRING(${digits}, ${power} + 2)))`;
  const small = `CONCAT('0.', REPEAT('0', -${power} - 1), ${digits})`;
  return `IF(LOCATE('e', ${text}), CONCAT(${sign}, IF(${power} < 0, ${small}, ${large})), ${text})`;
}

/** As `JSON.stringify` writes it: with an exponent below 1e-6 and from 1e21 on. */
function jsonNumber(column: string): string {
  const { text, sign } = doubleParts(column);
  const fraction = `SUBSTRING_INDEX(${text}, '.', -1)`;
  const digits = `TRIM(LEADING '0' FROM ${fraction})`;
  const mantissa = `CONCAT(LEFT(${digits}, 1), IF(LENGTH(${digits}) > 1, CONCAT('.', SUBSTRING(${digits}, 2)), ''))`;
  const small = `CONCAT(${sign}, ${mantissa}, 'e-', LENGTH(${fraction}) - LENGTH(${digits}) + 1)`;
  return `CASE
    WHEN ABS(${column}) >= 1e21 THEN REPLACE(${text}, 'e', 'e+')
    WHEN ABS(${column}) >= 1e-6 OR ${column} = 0 THEN ${numberText(column)}
    WHEN LOCATE('e', ${text}) THEN ${text}
    ELSE ${small} END`;
}

/** Expressions for the parts of `-1.5e-17`, as the server writes it. */
function doubleParts(column: string) {
  const text = `CAST(${column} AS CHAR)`;
  return {
    text,
    sign: `IF(${column} < 0, '-', '')`,
    digits: `REPLACE(REPLACE(SUBSTRING_INDEX(${text}, 'e', 1), '-', ''), '.', '')`,
    power: `CAST(SUBSTRING_INDEX(${text}, 'e', -1) AS SIGNED)`,
  };
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
