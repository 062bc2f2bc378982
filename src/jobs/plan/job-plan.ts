import type { TableName } from '../../load/table.ts';
import type { Query } from '../../replicate/query.ts';
import type { Text } from '../../runtime/text.ts';
import type { StatementSettings } from './statement-settings.ts';

/** One REPLICATE statement, checked and ready to run. */
export interface StatementPlan {
  /** As it stands in the query file, on one line. */
  readonly text: string;
  /** Where it stands: file, line and column. */
  readonly path: string;
  readonly destination: TableName;
  /** The destination in one word, by which reports and the state tell statements apart. */
  readonly table: string;
  readonly query: Query;
  readonly settings: StatementSettings;
  /** Digest of all that decides which rows and columns arrive: another one means to start anew. */
  readonly fingerprint: string;
  /** What the user should know before it runs. */
  readonly notices: readonly Text[];
}
