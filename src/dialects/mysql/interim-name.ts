import { shortHash } from '../../load/naming.ts';

/** The column that takes the widened values of another one until it takes its place. */
export function interimName(column: string): string {
  return `widened_${shortHash(column)}`;
}
