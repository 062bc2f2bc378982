import type { Clock } from '../../runtime/clock.ts';
import type { Account } from './account.ts';
import { checkpointOf } from './checkpoint.ts';
import type { Projection } from './projection.ts';
import type { StartingStatement } from './reading.ts';
import { rowProjection } from './row-projection.ts';
import { wholeProjection } from './whole-projection.ts';

export function projectionOf({ plan, mode, held }: StartingStatement, account: Account, clock: Clock): Projection {
  const { query, table } = plan;
  const checkpoint = checkpointOf(plan, account, clock);
  const version = clock.now();
  if (!query.rowWise) {
    return wholeProjection({ query, table, checkpoint, replacing: version, ...(held === undefined ? {} : { held }) });
  }
  const now = () => new Date(clock.now()).toISOString();
  return rowProjection({ query, table, checkpoint, now, ...(mode === 'replace' ? { replacing: version } : {}) });
}
