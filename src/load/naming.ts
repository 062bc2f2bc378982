import { createHash } from 'node:crypto';

/** What a database asks of the names of its tables and columns. */
export interface NameRules {
  readonly limit: number;
  /** `fileNames`: characters too, but so that what a file's name must have encoded still fits (see `measure`). */
  readonly unit: 'bytes' | 'characters' | 'fileNames';
  /** Whether `Name` and `name` are the same column to it. */
  readonly foldsCase: boolean;
  /** Names that it keeps for itself. */
  readonly reserved?: ReadonlySet<string>;
  /** What no name may hold, beside control characters: a global pattern. */
  readonly unusable?: RegExp;
  /** For the names of tables, where they have rules of their own. */
  readonly tables?: NameRules;
}

/** Eight characters that tell names apart which would look alike otherwise. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * A column for each property: its wish, in any script, wherever the database allows it. A name that is too long, that
 * holds control characters, that is reserved, or that the database could not tell from another one ends in a hash of
 * the property, so that it does not depend on the order in which properties come. What stands in the table already is
 * kept to: a column under a property's hash or exact wish stays that property's, and one that only differs in case is
 * taken over where the database folds case.
 */
export function nameColumns(
  wishes: ReadonlyMap<string, string>,
  rules: NameRules,
  existing: readonly string[] = [],
): ReadonlyMap<string, string> {
  const present = new Set(existing);
  const spelling = new Map(existing.map((name) => [fold(name, rules), name]));
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const [property, wish] of bySeniority(wishes, rules, present)) {
    const hashed = withHash(usable(wish, rules), property, rules);
    const name = present.has(hashed) ? hashed : freeName(property, wish, rules, taken);
    taken.add(fold(name, rules));
    names.set(property, spelling.get(fold(name, rules)) ?? name);
  }
  return names;
}

/** One name within the database's limits, made of the text alone. */
export function fitName(text: string, rules: NameRules, source = text): string {
  const clean = usable(text, rules);
  const fits = clean === text && clean !== '' && measure(clean, rules) <= rules.limit && !rules.reserved?.has(clean);
  return fits ? clean : withHash(clean, source, rules);
}

/** Properties whose columns are known to be theirs come first, so that a newcomer cannot take them. */
function bySeniority(
  wishes: ReadonlyMap<string, string>,
  rules: NameRules,
  present: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const rank = ([property, wish]: readonly [string, string]) => {
    if (present.has(withHash(usable(wish, rules), property, rules))) return 0;
    return present.has(wish) ? 1 : 2;
  };
  return [...wishes].sort((left, right) => rank(left) - rank(right));
}

function freeName(property: string, wish: string, rules: NameRules, taken: ReadonlySet<string>): string {
  let name = fitName(wish, rules, property);
  for (let round = 0; taken.has(fold(name, rules)); round += 1) {
    name = withHash(usable(wish, rules), `${property}${'\u0000'.repeat(round)}`, rules);
  }
  return name;
}

function withHash(name: string, source: string, rules: NameRules): string {
  const suffix = `_${shortHash(source)}`;
  let start = '';
  for (const character of name) {
    if (measure(start + character, rules) + suffix.length > rules.limit) break;
    start += character;
  }
  return start + suffix;
}

function usable(text: string, { unusable }: NameRules): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be replaced
  const clean = text.replace(/[\u0000-\u001f\u007f\p{Surrogate}]/gu, '_');
  return unusable === undefined ? clean : clean.replace(unusable, '_');
}

/**
 * In the name of a MySQL table's file, each character but ASCII letters, digits and `_` takes five bytes of 250: there is
 * room for 50 of them, as against 64. https://dev.mysql.com/doc/refman/8.4/en/identifier-mapping.html
 */
function measure(text: string, { unit }: NameRules): number {
  if (unit === 'bytes') return Buffer.byteLength(text);
  const encoded = unit === 'fileNames' ? text.replace(/\w/g, '').length : 0;
  return Math.ceil(text.length + (encoded * (64 - 50)) / 50);
}

function fold(name: string, rules: NameRules): string {
  return rules.foldsCase ? name.toLowerCase() : name;
}
