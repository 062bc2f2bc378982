import { setFlagsFromString } from 'node:v8';

/**
 * Makes this process collect garbage before it takes more memory. Left to itself V8 lets the heap of a program that
 * streams grow to several times what is alive, which on a small machine looks like a leak (invariant 10).
 *
 * @param growthPercent how much garbage may pile up on top of what is alive before V8 collects it; less costs more time
 */
export function keepHeapLean(growthPercent: number): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
