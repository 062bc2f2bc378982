import type { Cell, Cells } from '../dialect.ts';

/** Rows as a transaction takes them, in whichever of two forms it needs. Both can be had again and again. */
export interface Rows {
  readonly length: number;
  /** As the driver takes them. */
  cells(): readonly Cells[];
  /** As text, in pieces (see `row-text.ts`). Rows with binary cells have the form that PostgreSQL reads. */
  text(): Iterable<Buffer>;
  /** False only if no cell at these places is null. */
  hasNull(places: readonly number[]): boolean;
  /** At least as many bytes as the texts at these places of any one row take together. */
  longestText(places: readonly number[]): number;
  /** The same rows with the cells at these places only, none of them twice. */
  project(places: readonly number[]): Rows;
  /** The same rows with this cell at one place. */
  stamped(place: number, cell: Cell): Rows;
}
