import type { JsonSchema } from '../../message/schema.ts';
import type { Text } from '../../runtime/text.ts';
import type { QueryShape, StagedCopy, WholeQuery } from '../query.ts';
import type { ResultColumn } from '../select/result.ts';
import type { Selection } from '../select/selection.ts';
import type { SqlEngine } from '../sqlite/sql-engine.ts';
import { SqliteStagedCopy } from './staged-copy.ts';

export class Whole implements WholeQuery {
  readonly rowWise = false;
  readonly streams: readonly string[];
  readonly columns: readonly ResultColumn[];
  readonly schema: JsonSchema;
  readonly keyProperties: readonly string[];
  readonly notices: readonly Text[];
  private readonly selection: Selection;
  private readonly place: string;
  private readonly engine: SqlEngine;

  constructor(
    shape: QueryShape,
    selection: Selection,
    columns: readonly ResultColumn[],
    place: string,
    engine: SqlEngine,
  ) {
    this.streams = shape.streams;
    this.columns = columns;
    this.schema = shape.schema;
    this.keyProperties = shape.keyProperties;
    this.notices = shape.notices;
    this.selection = selection;
    this.place = place;
    this.engine = engine;
  }

  stage(): StagedCopy {
    return new SqliteStagedCopy(this.engine.inTemporaryFile(), this.selection, this.columns, this.place);
  }
}
