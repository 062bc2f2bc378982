import type { CatalogStream } from '../../message/catalog.ts';
import type { JobFile } from '../../replicate/job-file.ts';
import { matchName, pascalName } from '../../replicate/names.ts';
import { parseStatements } from '../../replicate/parse-statements.ts';
import type { ReplicateStatement } from '../../replicate/statement.ts';
import { ConfigurationError } from '../../runtime/errors.ts';

/** A query file that has been read. */
export interface QueryFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The statements of a job: those of its query file and, if everything is to be replicated, one for each stream whose
 * table none of them writes.
 *
 * @throws ConfigurationError `job.no-queries` when nothing says what to replicate
 */
export function jobStatements(
  job: JobFile,
  queries: QueryFile | undefined,
  offered: readonly CatalogStream[],
): readonly ReplicateStatement[] {
  const written = queries === undefined ? [] : parseStatements(queries.text, queries.path);
  const statements = job.replicateAll ? [...written, ...otherStatements(job, written, offered)] : written;
  if (statements.length === 0) throw nothingToDo(job.path, queries?.path);
  return statements;
}

function otherStatements(
  job: JobFile,
  written: readonly ReplicateStatement[],
  offered: readonly CatalogStream[],
): readonly ReplicateStatement[] {
  const taken = new Set(written.map(({ destination }) => destination.name.toLowerCase()));
  const tables = wantedTables(job, offered).filter((table) => !taken.has(table.toLowerCase()));
  return parseStatements(tables.map((table) => `REPLICATE [${table}];`).join('\n'), job.path);
}

/** All tables, or those that the connection string restricts itself to. */
function wantedTables({ source, path }: JobFile, offered: readonly CatalogStream[]): readonly string[] {
  const all = offered.map(({ name }) => pascalName(name));
  return (
    source.tables?.map((typed) => {
      const match = matchName(typed, all);
      if ('name' in match) return match.name;
      throw unknownTable(typed, match.nearest, path);
    }) ?? all
  );
}

function nothingToDo(jobPath: string, queryPath: string | undefined): ConfigurationError {
  const says = 'REPLICATE Issues;';
  return new ConfigurationError({
    code: 'job.no-queries',
    text: { en: 'Nothing says which tables to replicate.', ja: '複製するテーブルの指定がありません。' },
    hint: {
      en: `Name a query file with -f and write statements into it, such as ${says} Or set <ReplicateAll>True</ReplicateAll>.`,
      ja: `-f でクエリファイルを指定し、${says} のような文を書いてください。または <ReplicateAll>True</ReplicateAll> を設定してください。`,
    },
    path: queryPath ?? jobPath,
  });
}

function unknownTable(typed: string, nearest: readonly string[], path: string): ConfigurationError {
  const names = nearest.join(', ');
  return new ConfigurationError({
    code: 'job.unknown-table',
    text: {
      en: `Tables or Views in <ConnectionString> names ${typed}, which does not exist.`,
      ja: `<ConnectionString> の Tables または Views にある ${typed} は存在しません。`,
    },
    hint:
      names === ''
        ? {
            en: 'docs/reference/streams.md lists all tables.',
            ja: 'テーブルの一覧は docs/reference/streams.md にあります。',
          }
        : { en: `Did you mean ${names}?`, ja: `候補: ${names}` },
    path,
  });
}
