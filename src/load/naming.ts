import { createHash } from 'node:crypto';

/** What a database asks of the names of its tables and columns. */
export interface NameRules {
  readonly limit: number;
  readonly unit: 'bytes' | 'characters';
  /** Whether `Name` and `name` are the same column to it. */
  readonly foldsCase: boolean;
}

/** Eight characters that tell names apart which would look alike otherwise. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * A name for each property: its own, in any script, wherever the database allows it. A name that is too long, that
 * holds control characters, or that the database could not tell from another one ends in a hash of the property, so
 * that it does not depend on the order in which properties come. A column that is there already under exactly a
 * property's name stays that property's; one that only differs in case is taken over where the database folds case.
 */
export function nameColumns(
  properties: readonly string[],
  rules: NameRules,
  existing: readonly string[] = [],
): ReadonlyMap<string, string> {
  const spelling = new Map(existing.map((name) => [fold(name, rules), name]));
  const taken = new Set<string>();
  const names = new Map<string, string>();
  const settled = properties.filter((property) => existing.includes(property));
  for (const property of new Set([...settled, ...properties])) {
    const name = freeName(property, rules, taken);
    taken.add(fold(name, rules));
    names.set(property, spelling.get(fold(name, rules)) ?? name);
  }
  return names;
}

/** One name within the database's limits; the same text always gives the same name, different texts different ones. */
export function fitName(text: string, rules: NameRules): string {
  const clean = withoutControls(text);
  return clean === text && clean !== '' && measure(clean, rules) <= rules.limit ? clean : withHash(clean, text, rules);
}

function freeName(property: string, rules: NameRules, taken: ReadonlySet<string>): string {
  let name = fitName(property, rules);
  for (let round = 0; taken.has(fold(name, rules)); round += 1) {
    name = withHash(withoutControls(property), `${property}${'\u0000'.repeat(round)}`, rules);
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

function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be replaced
  return text.replace(/[\u0000-\u001f\u007f\p{Surrogate}]/gu, '_');
}

function measure(text: string, rules: NameRules): number {
  return rules.unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

function fold(name: string, rules: NameRules): string {
  return rules.foldsCase ? name.toLowerCase() : name;
}
