/**
 * Tables that were empty when a run first wrote to them. Nearly all rows that it brings are new there, so that they can
 * be added without being compared; the unique index of their key tells when one is not.
 */
export class NewTables {
  readonly #known = new Map<string, boolean>();

  async includes(table: string, isEmpty: () => Promise<boolean>): Promise<boolean> {
    const isNew = this.#known.get(table) ?? (await isEmpty());
    this.#known.set(table, isNew);
    return isNew;
  }

  /** After a row came that was there. */
  exclude(table: string): void {
    this.#known.set(table, false);
  }
}
