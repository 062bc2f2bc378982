const FIRST = 1000;
const LONGEST = 30_000;

/**
 * Milliseconds to wait after so many failures in a row (from 1): exponential back-off with full jitter. `random` is in
 * [0, 1).
 */
export function retryDelay(failures: number, random: number): number {
  return Math.round(random * Math.min(LONGEST, FIRST * 2 ** (failures - 1)));
}
