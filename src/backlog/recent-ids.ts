export type RowId = string | number;

/** Remembers the ids seen last, and forgets the oldest (invariant 10). */
export class RecentIds {
  readonly #capacity: number;
  readonly #ids = new Set<RowId>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(id: RowId): boolean {
    return this.#ids.has(id);
  }

  add(id: RowId): void {
    this.#ids.delete(id);
    this.#ids.add(id);
    if (this.#ids.size <= this.#capacity) return;
    for (const oldest of this.#ids) {
      this.#ids.delete(oldest);
      return;
    }
  }
}
