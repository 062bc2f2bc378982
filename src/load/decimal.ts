const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Numbers with more zeros than this on either side are written with an exponent. */
const LONGEST_ZEROS = 400;

/**
 * The one text of a number, digit for digit: no exponent (unless it is huge), no needless zeros, so that equal numbers
 * have equal texts. `undefined` if the text is no number.
 */
export function decimalText(text: string): string | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const written = (whole + fraction).replace(/^0+/, '');
  const digits = written.replace(/0+$/, '');
  if (digits === '') return '0';
  const scale = Number(exponent) - fraction.length + written.length - digits.length;
  return (sign === '-' ? '-' : '') + placed(digits, scale);
}

/** The double that is exactly the number of this text, if there is one that also prints as it. */
export function exactDouble(text: string): number | undefined {
  const number = Number(text);
  const exact = Number.isFinite(number) && decimalText(String(number)) === decimalText(text);
  return exact ? number : undefined;
}

/** `digits` times ten to the power of `scale`. */
function placed(digits: string, scale: number): string {
  if (scale > LONGEST_ZEROS || scale < -digits.length - LONGEST_ZEROS) {
    const rest = digits.slice(1);
    const power = scale + rest.length;
    return `${digits.slice(0, 1)}${rest && `.${rest}`}e${power < 0 ? power : `+${power}`}`;
  }
  if (scale >= 0) return digits + '0'.repeat(scale);
  const point = digits.length + scale;
  return point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `0.${'0'.repeat(-point)}${digits}`;
}
