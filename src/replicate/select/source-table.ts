import type { CatalogStream } from '../../message/catalog.ts';
import type { JsonSchema } from '../../message/schema.ts';
import { pascalName } from '../names.ts';
import { type CellKind, cellKindOf } from '../sqlite/cell.ts';

export interface SourceColumn {
  /** As CData spells it. */
  readonly name: string;
  /** As the stream spells it. */
  readonly property: string;
  readonly schema: JsonSchema;
  readonly kind: CellKind;
}

/** A stream as a table that can be selected from. */
export interface SourceTable {
  /** As CData spells it. */
  readonly name: string;
  readonly stream: string;
  readonly columns: readonly SourceColumn[];
  /** As the stream spells them. */
  readonly keyProperties: readonly string[];
}

export function sourceTable({ name, schema, keyProperties }: CatalogStream): SourceTable {
  const columns = Object.entries(schema.properties ?? {}).map(([property, propertySchema]) => ({
    name: pascalName(property),
    property,
    schema: propertySchema,
    kind: cellKindOf(propertySchema),
  }));
  return { name: pascalName(name), stream: name, columns, keyProperties };
}
