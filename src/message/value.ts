/**
 * A number that a JavaScript number cannot hold, kept as the digits that stood in the message: a decimal of more than
 * fifteen digits, or an exponent beyond a double's range. Integers that are too long are `bigint` instead.
 */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | ExactNumber
  | readonly Value[]
  | { readonly [key: string]: Value };

/** One row of one stream. A key that is absent and a key that is null are different things; loaders write both as NULL. */
export type Row = Readonly<Record<string, Value>>;
