import type { OptionValue, ReplicateStatement } from '../../replicate/statement.ts';
import { ConfigurationError } from '../../runtime/errors.ts';

/** What the WITH clause of a statement asks for, as far as it concerns loading. */
export interface StatementSettings {
  /** Read everything and replace what the table holds, in one step. */
  readonly replace: boolean;
  /** Make the table anew as well, so that columns nobody fills any more are gone. */
  readonly recreate: boolean;
  readonly batchRows: number;
  /** What happens to rows that were deleted in Backlog (CData: Hard Delete, Soft Delete, Skip Delete). */
  readonly deletion: 'delete' | 'mark' | 'ignore';
  /** Rows may go however many of them are gone. */
  readonly allowMassDeletion: boolean;
  /** Nothing older is read; an ISO date or instant. */
  readonly startDate?: string;
}

/** CData's own default. */
const BATCH_ROWS = 1000;

/**
 * `jobStartDate` is the job's own, for statements that name no other.
 *
 * @throws ConfigurationError `replicate.option-value` when an option has a value that it cannot have
 */
export function statementSettings(statement: ReplicateStatement, jobStartDate?: string): StatementSettings {
  const option = (name: string) => statement.options.get(name);
  const recreate = option('DropTable') === true;
  const startDate = option('ReplicateStartDate') ?? jobStartDate;
  const refresh = option('TruncateTable') === true || option('RefreshTable') === true;
  return {
    replace: recreate || refresh,
    recreate,
    batchRows: Number(option('BatchSize') ?? BATCH_ROWS),
    deletion: deletionOf(statement, option('SkipDeleted'), option('DeletionBehavior')),
    allowMassDeletion: option('AllowMassDeletion') === true,
    ...(startDate === undefined ? {} : { startDate: isoInstant(String(startDate), statement) }),
  };
}

const DELETIONS: Readonly<Record<string, StatementSettings['deletion']>> = {
  harddelete: 'delete',
  softdelete: 'mark',
  skipdelete: 'ignore',
};

function deletionOf(statement: ReplicateStatement, skip: OptionValue | undefined, behavior: OptionValue | undefined) {
  if (skip === true) return 'ignore';
  if (behavior === undefined) return 'delete';
  const deletion =
    DELETIONS[
      String(behavior)
        .replace(/[\s_-]/g, '')
        .toLowerCase()
    ];
  if (deletion !== undefined) return deletion;
  throw wrongValue(statement, 'DeletionBehavior', String(behavior), "'Hard Delete', 'Soft Delete', 'Skip Delete'");
}

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/** `2024-01-31` stays; `2024-01-31 09:00:00` becomes an instant, in UTC unless it names another offset. */
function isoInstant(value: string, statement: ReplicateStatement): string {
  const [, date, time, offset = 'Z'] = DATE.exec(value.trim()) ?? [];
  const iso = time === undefined ? date : `${date}T${time}${offset}`;
  const milliseconds = iso === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(milliseconds) || date === undefined) {
    throw wrongValue(statement, 'ReplicateStartDate', value, "'2024-01-31', '2024-01-31 09:00:00'");
  }
  return time === undefined ? date : new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

function wrongValue(statement: ReplicateStatement, option: string, value: string, possible: string) {
  return new ConfigurationError({
    code: 'replicate.option-value',
    text: {
      en: `Option ${option} cannot be '${value}'.`,
      ja: `オプション ${option} に '${value}' は指定できません。`,
    },
    hint: { en: `It can be: ${possible}.`, ja: `指定できる値: ${possible}` },
    path: `${statement.path}:${statement.line}:${statement.column}`,
  });
}
