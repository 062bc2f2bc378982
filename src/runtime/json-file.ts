import { readFileSync } from 'node:fs';
import { ConfigurationError } from './errors.ts';

/**
 * The content of a JSON file that a user named. A byte order mark is allowed.
 *
 * @throws ConfigurationError `file.unreadable` or `file.not-json`
 */
export function readJsonFile(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ConfigurationError({
      code: 'file.not-json',
      text: { en: 'this file is not valid JSON', ja: 'このファイルは正しい JSON ではありません' },
      hint: { en: firstLine(cause), ja: firstLine(cause) },
      path,
      cause,
    });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'file.unreadable',
      text: { en: 'this file cannot be read', ja: 'このファイルを読み込めません' },
      hint: {
        en: `Check the path and your rights to the file (${firstLine(cause)}).`,
        ja: `パスと、ファイルの読み取り権限を確認してください（${firstLine(cause)}）。`,
      },
      path,
      cause,
    });
  }
}

/** V8 quotes the text around the fault, and a config file holds secrets (invariant 9): the quotation is left out. */
function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/,? ?(?:\.\.\.)?".*$/s, '').trim();
}
