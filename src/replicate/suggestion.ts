import type { Text } from '../runtime/text.ts';

const SHOWN = 20;

/** What may have been meant. Without anything alike, the first of all names show what kind of name is wanted. */
export function suggestion(nearest: readonly string[], known: readonly string[]): Text {
  if (nearest.length > 0) return { en: `Did you mean: ${nearest.join(', ')}?`, ja: `候補: ${nearest.join(', ')}` };
  const list = known.slice(0, SHOWN).join(', ') + (known.length > SHOWN ? ', …' : '');
  return { en: `There are: ${list}`, ja: `使える名前: ${list}` };
}
