/** Gives a name to whoever asks first; to others with their id behind it. */
export type ClaimName = (name: string, id: number) => string;

/**
 * Keeps names of columns apart where case and underscores do not count, as in databases and in CData's spelling.
 * `taken` are given away already.
 */
export function nameClaims(taken: readonly string[]): ClaimName {
  const used = new Set(taken.map(bare));
  return (name, id) => {
    let free = name;
    while (used.has(bare(free))) free = `${free}_${id}`;
    used.add(bare(free));
    return free;
  };
}

function bare(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
