import type { AppError, ErrorDetails } from '../runtime/errors.ts';
import type { Text } from '../runtime/text.ts';

/** What may go wrong, before it is known where. */
export interface Trouble {
  readonly kind: new (details: ErrorDetails) => AppError;
  readonly code: string;
  readonly text: Text;
  readonly hint: Text;
}

/** `path` is that of the request, without its query; `detail` is the server's or the system's own word for it. */
export function troubleAt(trouble: Trouble, path: string, detail?: string, cause?: unknown): AppError {
  const { kind: Kind, code, text, hint } = trouble;
  const told =
    detail === undefined || detail === '' ? text : { en: `${text.en} (${detail})`, ja: `${text.ja}（${detail}）` };
  return new Kind({ code, text: told, hint, path, cause });
}
