import { list, quote } from './names.ts';

export interface KeyMatch {
  readonly key: readonly string[];
  /** Whether keys may hold NULL on either side. */
  readonly nulls: boolean;
  /** Columns that the table's index holds as MD5. */
  readonly hashed: ReadonlySet<string>;
}

/** One way of comparing keys: rows are either compared by it or by none other. */
export interface KeyCondition {
  /** That the keys of `t` and `s` are the same. */
  readonly pair: string;
  /** That this way is the one for the rows of an alias. */
  within(alias: string): string;
}

/**
 * NULL is equal to NULL here, which no join can look up. So whole keys are compared by `=`, and those with a NULL, if
 * there can be any, as JSON arrays, which can be hashed.
 */
export function matchConditions({ key, nulls, hashed }: KeyMatch): readonly KeyCondition[] {
  const whole = { pair: key.flatMap((column) => equal(column, hashed)).join(' AND '), within: wholeKey(key) };
  if (!nulls) return [{ ...whole, within: () => 'true' }];
  const within = partlyNull(key);
  const same = `jsonb_build_array(${list(key, 't')}) = jsonb_build_array(${list(key, 's')})`;
  return [whole, { pair: `${within('t')} AND ${within('s')} AND ${same}`, within }];
}

function equal(column: string, hashed: ReadonlySet<string>): readonly string[] {
  const name = quote(column);
  const plain = `t.${name} = s.${name}`;
  return hashed.has(column) ? [`md5(t.${name}) = md5(s.${name})`, plain] : [plain];
}

function wholeKey(key: readonly string[]): (alias: string) => string {
  return (alias) => key.map((column) => `${alias}.${quote(column)} IS NOT NULL`).join(' AND ');
}

function partlyNull(key: readonly string[]): (alias: string) => string {
  return (alias) => `(${key.map((column) => `${alias}.${quote(column)} IS NULL`).join(' OR ')})`;
}
