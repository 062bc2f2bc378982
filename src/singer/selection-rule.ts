/** Where in a schema metadata belongs: empty for the stream, `['properties', name, …]` for a property. */
export type Breadcrumb = readonly string[];

export interface Metadata {
  readonly inclusion?: 'available' | 'automatic' | 'unsupported';
  readonly selected?: boolean;
  readonly 'selected-by-default'?: boolean;
  readonly 'table-key-properties'?: readonly string[];
  readonly 'forced-replication-method'?: string;
  readonly 'valid-replication-keys'?: readonly string[];
  /** What a user asks for; the specification's own name for it. */
  readonly 'replication-method'?: string;
  readonly 'replication-key'?: string;
}

export interface MetadataEntry {
  readonly breadcrumb: Breadcrumb;
  readonly metadata: Metadata;
}

/** The metadata of one stream by breadcrumb. */
export class MetadataMap {
  readonly #entries: ReadonlyMap<string, Metadata>;

  constructor(entries: readonly MetadataEntry[]) {
    this.#entries = new Map(entries.map(({ breadcrumb, metadata }) => [JSON.stringify(breadcrumb), metadata]));
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Empty metadata where there is no entry. */
  at(breadcrumb: Breadcrumb): Metadata {
    return this.#entries.get(JSON.stringify(breadcrumb)) ?? {};
  }
}

/**
 * Whether a stream or property is to be read. The order of the questions is that of the Meltano Singer SDK, so that a
 * catalog means the same to our tap as to any other: no metadata at all, the parent, `inclusion`, `selected`,
 * `selected-by-default`, and at last the parent's answer.
 */
export function isSelected(metadata: MetadataMap, breadcrumb: Breadcrumb): boolean {
  if (metadata.isEmpty) return true;
  const isRoot = breadcrumb.length === 0;
  if (!isRoot && !isSelected(metadata, breadcrumb.slice(0, -2))) return false;
  const { inclusion, selected, 'selected-by-default': byDefault } = metadata.at(breadcrumb);
  if (inclusion === 'unsupported') return false;
  if (inclusion === 'automatic') return true;
  return selected ?? byDefault ?? !isRoot;
}
