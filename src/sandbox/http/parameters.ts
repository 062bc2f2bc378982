import type { IdRange } from '../world/activity-log.ts';
import { invalid } from './api-error.ts';

export interface Page {
  readonly offset: number;
  readonly count: number;
}

const DEFAULT_COUNT = 20;
const MAX_COUNT = 100;

/** The query string, read by Backlog's rules; what breaks them is refused with code 7. */
export class Parameters {
  readonly #given: URLSearchParams;
  readonly #exclusiveIds: boolean;

  /** `exclusiveIds`: whether `minId` and `maxId` leave out the record they name, which the API leaves open. */
  constructor(given: URLSearchParams, exclusiveIds: boolean) {
    this.#given = given;
    this.#exclusiveIds = exclusiveIds;
  }

  get names(): readonly string[] {
    return [...new Set(this.#given.keys())];
  }

  all(name: string): readonly string[] {
    return this.#given.getAll(name);
  }

  text(name: string): string | undefined {
    return this.#given.get(name) ?? undefined;
  }

  integer(name: string): number | undefined {
    const text = this.#given.get(name);
    if (text === null) return undefined;
    if (!/^-?\d+$/.test(text)) throw invalid(name);
    return Number(text);
  }

  flag(name: string): boolean | undefined {
    return this.oneOf(name, ['true', 'false']) === undefined ? undefined : this.#given.get(name) === 'true';
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.#given.get(name);
    if (text === null) return undefined;
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw invalid(name);
    return found;
  }

  /** Repeated `name[]`, or `name[0]`, `name[1]` and so on. */
  texts(name: string): readonly string[] {
    return [...this.#given].filter(([key]) => isElementOf(key, name)).map(([, value]) => value);
  }

  integers(name: string): readonly number[] {
    return this.texts(name).map((text) => {
      if (!/^-?\d+$/.test(text)) throw invalid(name);
      return Number(text);
    });
  }

  day(name: string): string | undefined {
    const text = this.#given.get(name);
    if (text === null) return undefined;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) throw invalid(name);
    return text;
  }

  order(): 'asc' | 'desc' {
    return this.oneOf('order', ['asc', 'desc']) ?? 'desc';
  }

  count(standard = DEFAULT_COUNT, most = MAX_COUNT): number {
    const count = this.integer('count') ?? standard;
    if (count < 1 || count > most) throw invalid('count');
    return count;
  }

  page(standard = DEFAULT_COUNT, most = MAX_COUNT): Page {
    const offset = this.integer('offset') ?? 0;
    if (offset < 0) throw invalid('offset');
    return { offset, count: this.count(standard, most) };
  }

  idRange(): IdRange {
    const step = this.#exclusiveIds ? 1 : 0;
    const [min, max] = [this.integer('minId'), this.integer('maxId')];
    return {
      min: min === undefined ? 0 : min + step,
      max: max === undefined ? Number.MAX_SAFE_INTEGER : max - step,
      order: this.order(),
    };
  }
}

function isElementOf(key: string, name: string): boolean {
  return key.startsWith(`${name}[`) && /^\d*\]$/.test(key.slice(name.length + 1));
}
