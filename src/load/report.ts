import type { Text } from '../runtime/text.ts';
import type { TableName } from './table.ts';

/** What became of the rows of one stream. All figures are exact and count committed rows only. */
export interface TableReport {
  readonly table: TableName;
  /** Records and tombstones. */
  readonly received: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows removed or newly marked. */
  readonly deleted: number;
  /** Tombstones that had no effect by setting, or because their stream has no key. */
  readonly ignored: number;
  /** How often each field came that the schema does not declare and that was not kept (invariant 4). */
  readonly undeclared: ReadonlyMap<string, number>;
  /** Rows that were put aside in the table of rejects (invariant 4). */
  readonly rejected: number;
  /** Characters that the database cannot hold and that were removed or replaced (invariant 4). */
  readonly unstorable: number;
}

export interface LoadReport {
  /** By stream. */
  readonly tables: ReadonlyMap<string, TableReport>;
  /** What a person should know: undeclared fields, columns widened by values. */
  readonly notices: readonly Text[];
}

/** The counts of one stream while they grow. */
export class Tally {
  received = 0;
  inserted = 0;
  updated = 0;
  unchanged = 0;
  deleted = 0;
  ignored = 0;
  rejected = 0;
  unstorable = 0;
  readonly undeclared = new Map<string, number>();

  figures(): Omit<TableReport, 'table'> {
    const { received, inserted, updated, unchanged, deleted, ignored, rejected, undeclared, unstorable } = this;
    return { received, inserted, updated, unchanged, deleted, ignored, rejected, undeclared, unstorable };
  }

  countUndeclared(field: string): void {
    this.undeclared.set(field, (this.undeclared.get(field) ?? 0) + 1);
  }

  add(other: Tally): void {
    this.received += other.received;
    this.inserted += other.inserted;
    this.updated += other.updated;
    this.unchanged += other.unchanged;
    this.deleted += other.deleted;
    this.ignored += other.ignored;
    this.rejected += other.rejected;
    this.unstorable += other.unstorable;
    for (const [field, count] of other.undeclared) {
      this.undeclared.set(field, (this.undeclared.get(field) ?? 0) + count);
    }
  }
}
