import { onTestFinished } from 'vitest';
import type { Row } from '../../src/message/value.ts';
import { parseStatements } from '../../src/replicate/parse-statements.ts';
import { prepareQuery } from '../../src/replicate/prepare-query.ts';
import type { Query, RowWiseQuery, WholeQuery } from '../../src/replicate/query.ts';
import type { ReplicateStatement } from '../../src/replicate/statement.ts';
import { ConfigurationError } from '../../src/runtime/errors.ts';
import { STREAMS } from './streams.ts';

const CLOCK = { now: () => Date.UTC(2024, 4, 6, 7, 8, 9), sleep: async () => undefined };

export async function prepare(sql: string, streams = STREAMS): Promise<Query> {
  const statement = parseStatements(sql, 'q.sql').at(-1);
  const query = await prepareQuery(statement as ReplicateStatement, streams, CLOCK);
  onTestFinished(() => {
    if (query.rowWise) query.close();
  });
  return query;
}

export async function rowWise(sql: string): Promise<RowWiseQuery> {
  const query = await prepare(sql);
  if (!query.rowWise) throw new Error(`not row-wise: ${sql}`);
  return query;
}

export async function whole(sql: string): Promise<WholeQuery> {
  const query = await prepare(sql);
  if (query.rowWise) throw new Error(`row-wise: ${sql}`);
  return query;
}

export async function failure(sql: string): Promise<ConfigurationError> {
  try {
    await prepare(sql);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error(`accepted: ${sql}`);
}

export function issue(fields: Row): Row {
  return {
    id: 1,
    project_id: 10,
    issue_key: 'A-1',
    summary: 'Login fails',
    updated: '2024-01-02T03:04:05Z',
    ...fields,
  };
}
