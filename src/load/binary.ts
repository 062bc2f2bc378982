import type { JsonSchema } from '../message/schema.ts';
import { type Converter, Misfit } from './convert.ts';

/** How bytes are written as text within JSON. */
export type ContentEncoding = 'base16' | 'base64';

const BASE16 = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2,3}={0,2})?$/;

/** The encoding of a text that stands for bytes (JSON Schema, `contentEncoding`), if it is one that we can read. */
export function contentEncoding(schema: JsonSchema): ContentEncoding | undefined {
  const encoding = typeof schema.contentEncoding === 'string' ? schema.contentEncoding.toLowerCase() : '';
  return encoding === 'base16' || encoding === 'base64' ? encoding : undefined;
}

/** Base16 may begin with `0x`, and leave out a zero in front, as taps of blockchains send it. */
export const BYTES: Readonly<Record<ContentEncoding, Converter>> = {
  base16: (value) => {
    const digits = typeof value === 'string' ? value.replace(/^0x/i, '') : undefined;
    const even = digits !== undefined && digits.length % 2 === 1 ? `0${digits}` : digits;
    if (even === undefined || !BASE16.test(even)) throw new Misfit('text');
    return Buffer.from(even, 'hex');
  },
  base64: (value) => {
    if (typeof value !== 'string' || !BASE64.test(value)) throw new Misfit('text');
    return Buffer.from(value, 'base64');
  },
};
