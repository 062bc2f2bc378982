import { createHash } from 'node:crypto';

/** Enough to recognise a text by, too little to find it from. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
