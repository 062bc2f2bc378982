import { setFlagsFromString } from 'node:v8';

/** How much garbage may pile up on top of what is alive, in percent, before V8 collects it. */
const GROWTH_PERCENT = 30;

/**
 * Makes this process collect garbage before it takes more memory. Left to itself V8 lets the heap of a program that
 * streams grow to several times what is alive, which on a small machine looks like a leak (invariant 10).
 */
export function keepHeapLean(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
