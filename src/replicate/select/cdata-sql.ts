import { isKeyword, isSymbol, type Token } from '../grammar/token.ts';
import type { SelectText } from './select-text.ts';
import { translateExpression } from './translate-expression.ts';

const COMPOUND = ['UNION', 'INTERSECT', 'EXCEPT', 'LIMIT'];

/** What CData's SQL says otherwise than SQLite's, said in SQLite's; functions that only SQLite lacks are not named here. */
export function translateCdataSql(text: SelectText): SelectText {
  refuseParameters(text);
  const replacements = text.tokens.flatMap((_, index) => translateExpression(text.tokens, index));
  return translateTop(text.replacing(replacements));
}

/** `SELECT TOP 10 …` and `SELECT TOP (10) …` become `SELECT … LIMIT 10`. */
function translateTop(text: SelectText): SelectText {
  const [, top, ...rest] = text.tokens;
  if (!top || !isKeyword(top, 'TOP')) return text;
  const [first, second, third] = rest;
  const brackets = isSymbol(first, '(') && isSymbol(third, ')');
  const count = brackets ? second : first;
  if (count?.kind !== 'number') return text;
  const obstacle = text.tokens.find((token) => COMPOUND.some((keyword) => isKeyword(token, keyword)));
  if (obstacle) throw topWith(text, obstacle);
  const removed = brackets && first && third ? [top, first, count, third] : [top, count];
  return text.replacing(removed.map((token) => [token, ''] as const)).followedBy(`LIMIT ${count.value}`);
}

function topWith(text: SelectText, obstacle: Token) {
  const word = obstacle.value.toUpperCase();
  return text.errorAt(
    obstacle,
    'replicate.top',
    { en: `TOP cannot be combined with ${word}`, ja: `TOP は ${word} と同時に使えません` },
    { en: 'Write LIMIT at the end in place of TOP.', ja: 'TOP の代わりに、最後に LIMIT を書いてください。' },
  );
}

function refuseParameters(text: SelectText): void {
  const parameter = text.tokens.find((token) => isSymbol(token, '?'));
  if (!parameter) return;
  throw text.errorAt(
    parameter,
    'replicate.parameter',
    { en: 'parameters have no value here', ja: 'ここではパラメーターに値がありません' },
    { en: 'Write the value itself in place of "?".', ja: '"?" の代わりに値そのものを書いてください。' },
  );
}
