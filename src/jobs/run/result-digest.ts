import { createHash } from 'node:crypto';
import type { Row } from '../../message/value.ts';

const MODULUS = 1n << 128n;

/** The same for the same rows, whatever their order: their digests are added up, so that equal rows count too. */
export class ResultDigest {
  #sum = 0n;

  add(rows: readonly Row[]): void {
    for (const row of rows) this.#sum = (this.#sum + digestOf(row)) % MODULUS;
  }

  toString(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }
}

function digestOf(row: Row): bigint {
  const text = JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  return BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`);
}
