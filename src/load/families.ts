import type { ChildrenMessage } from '../message/message.ts';
import { DataError } from '../runtime/errors.ts';
import type { Cell, Cells, Transaction } from './dialect.ts';
import type { RowEncoder } from './encode.ts';
import { type KeyId, keyIdentifier } from './key.ts';
import type { Layout } from './layout.ts';

/** A parent whose whole list of children is known, and the children that it has. */
interface Family {
  readonly parent: Cells;
  readonly members: Set<KeyId>;
  /** What the mark's column says of children that it has no more; `undefined` while no whole list has come. */
  gone: Cell | undefined;
}

/**
 * The rows of one stream's batch by parent, from the first message on that holds a parent's whole list. Parents can be
 * named by different columns in one batch: an issue by its id, one of its comments by both ids.
 */
export class Families {
  readonly #layout: Layout;
  readonly #encoder: RowEncoder;
  readonly #rows: ReadonlyMap<KeyId, Cells>;
  readonly #kinds = new Map<string, FamiliesOfKind>();

  /** `rows` are those that the batch writes so far. */
  constructor(layout: Layout, encoder: RowEncoder, rows: ReadonlyMap<KeyId, Cells>) {
    this.#layout = layout;
    this.#encoder = encoder;
    this.#rows = rows;
  }

  add(id: KeyId, row: Cells): void {
    for (const kind of this.#kinds.values()) kind.add(id, row);
  }

  /** Begins a parent's list anew and tells which rows of the batch it had before. */
  replace(message: ChildrenMessage): readonly KeyId[] {
    return this.#kindOf(message).replace(message);
  }

  /** The keys of rows in the table whose parent has them no more, with the mark's value where rows are marked. */
  async gone(transaction: Transaction): Promise<readonly Cells[]> {
    const gone = new Map<KeyId, Cells>();
    for (const kind of this.#kinds.values()) for (const [id, key] of await kind.gone(transaction)) gone.set(id, key);
    return [...gone.values()];
  }

  #kindOf(message: ChildrenMessage): FamiliesOfKind {
    const columns = Object.keys(message.parent).sort().join();
    const known = this.#kinds.get(columns);
    if (known !== undefined) return known;
    const kind = new FamiliesOfKind(this.#layout, this.#encoder, message);
    for (const [id, row] of this.#rows) kind.add(id, row);
    this.#kinds.set(columns, kind);
    return kind;
  }
}

/** Those whose parents are named by the same columns. */
class FamiliesOfKind {
  readonly #layout: Layout;
  readonly #encoder: RowEncoder;
  readonly #places: readonly number[];
  readonly #idOfParent: (cells: Cells) => KeyId;
  readonly #families = new Map<KeyId, Family>();

  constructor(layout: Layout, encoder: RowEncoder, example: ChildrenMessage) {
    this.#layout = layout;
    this.#encoder = encoder;
    this.#places = layout.keyPlaces.filter((place) => (layout.data[place]?.property ?? '') in example.parent);
    if (this.#places.length < Object.keys(example.parent).length) throw unknownParent(layout, example);
    this.#idOfParent = keyIdentifier(this.#places.map((_, place) => place));
  }

  add(id: KeyId, row: Cells): void {
    this.#familyOf(this.#places.map((place) => row[place] ?? null)).members.add(id);
  }

  replace(message: ChildrenMessage): readonly KeyId[] {
    const family = this.#familyOf(this.#encoder.cells(message.parent, this.#places));
    const before = [...family.members];
    family.members.clear();
    family.gone = this.#encoder.markValue(message.readAt);
    return before;
  }

  async gone(transaction: Transaction): Promise<ReadonlyMap<KeyId, Cells>> {
    const { table, key, keyPlaces, mark, data } = this.#layout;
    const complete = [...this.#families.values()].filter((family) => family.gone !== undefined);
    const columns = this.#places.map((place) => data[place]?.name ?? '');
    const parents = complete.map(({ parent }) => parent);
    const existing = await transaction.keysUnder(table, key, columns, parents);
    const idOfKey = keyIdentifier(keyPlaces.map((_, place) => place));
    const gone = new Map<KeyId, Cells>();
    for (const cells of existing) {
      const family = this.#familyOf(this.#places.map((place) => cells[keyPlaces.indexOf(place)] ?? null));
      const id = idOfKey(cells);
      if (!family.members.has(id)) gone.set(id, mark === undefined ? cells : [...cells, family.gone ?? null]);
    }
    return gone;
  }

  #familyOf(parent: Cells): Family {
    const id = this.#idOfParent(parent);
    const known = this.#families.get(id);
    if (known !== undefined) return known;
    const family: Family = { parent, members: new Set(), gone: undefined };
    this.#families.set(id, family);
    return family;
  }
}

function unknownParent(layout: Layout, { parent }: ChildrenMessage): DataError {
  const names = Object.keys(parent).join(', ');
  return new DataError({
    code: 'load.parent-not-in-key',
    path: layout.stream,
    text: {
      en: `A list of children names its parent by ${names}, which are not all key properties.`,
      ja: `子の一覧が親を示す項目 ${names} に、キーでないものが含まれています。`,
    },
    hint: { en: 'This is a fault of the reader: please report it.', ja: '読み取り側の不具合です。ご報告ください。' },
  });
}
