/** Names that CData spells irregularly; everything else follows from the parts. */
const IRREGULAR: Readonly<Record<string, string>> = { git_lfs: 'GitLFS' };

/** `issue_comment_change_log` → `IssueCommentChangeLog`: the name under which CData shows a stream or a column. */
export function pascalName(snake: string): string {
  return IRREGULAR[snake] ?? snake.replace(/(?:^|_)(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}

/** `IssueCommentChangeLog` → `issue_comment_change_log`: the inverse of `pascalName`. */
export function snakeName(pascal: string): string {
  for (const [snake, irregular] of Object.entries(IRREGULAR)) if (irregular === pascal) return snake;
  return pascal.replace(/(?<=.)(\p{Lu})/gsu, '_$1').toLowerCase();
}

export type NameMatch = { readonly name: string } | { readonly nearest: readonly string[] };

/**
 * The candidate that a user means by `typed`: case, underscores, blanks and quotes do not matter, but an exact match
 * comes first. Without a match, up to three candidates that look alike.
 */
export function matchName(typed: string, candidates: readonly string[]): NameMatch {
  const name =
    candidates.find((candidate) => candidate === typed) ??
    candidates.find((candidate) => candidate.toLowerCase() === typed.toLowerCase()) ??
    candidates.find((candidate) => normalise(candidate) === normalise(typed));
  return name === undefined ? { nearest: nearestNames(typed, candidates) } : { name };
}

/** The candidates that differ from `typed` by few letters or contain it, best first. */
export function nearestNames(typed: string, candidates: readonly string[]): readonly string[] {
  const wanted = normalise(typed);
  return candidates
    .map((candidate) => ({ candidate, distance: likeness(wanted, normalise(candidate)) }))
    .filter(({ distance }) => distance <= Math.max(1, wanted.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function normalise(name: string): string {
  return name.replace(/[_\s[\]"`]/g, '').toLowerCase();
}

const SHORTEST_PART = 4;

function likeness(wanted: string, candidate: string): number {
  const contained = wanted.length >= SHORTEST_PART && candidate.includes(wanted);
  return contained ? 1 : editDistance(wanted, candidate);
}

/** Restricted Damerau–Levenshtein distance: letters inserted, deleted, replaced, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(beforePrevious, j - 2) + 1 : Infinity;
      current.push(Math.min(cell(previous, j) + 1, cell(current, j - 1) + 1, cell(previous, j - 1) + same, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return cell(previous, b.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
