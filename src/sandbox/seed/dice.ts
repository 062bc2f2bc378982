/** Rolls for one subject: the same seed, subject and salt always give the same number, at least 0 and below 1. */
export type Dice = (salt: number) => number;

export function dice(seed: number, subject: number): Dice {
  const base = scramble(Math.imul(seed + 1, 0x9e3779b1) ^ scramble(subject + 0x7f4a7c15));
  return (salt) => scramble(base ^ Math.imul(salt + 1, 0x85ebca6b)) / 2 ** 32;
}

/** The element at that share of the list. */
export function choose<T>(list: readonly T[], roll: number): T {
  const chosen = list[Math.floor(roll * list.length)];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}

/** A permutation of the 32-bit numbers (the finalizer of MurmurHash3). */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
