import { AppError } from '../../runtime/errors.ts';
import { redact } from '../../runtime/secrets.ts';
import type { Language, Text } from '../../runtime/text.ts';
import type { Problem } from './job-report.ts';

/** Whatever was thrown, as a problem to report. What is not ours is told in its own words. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof AppError)) {
    const words = redact(error instanceof Error ? error.message : String(error));
    return { code: 'internal', text: { en: words, ja: words }, hint: UNEXPECTED };
  }
  const { code, text, hint, path } = error;
  return { code, text, ...(hint === undefined ? {} : { hint }), ...(path === undefined ? {} : { path }) };
}

const UNEXPECTED: Text = {
  en: 'This is a fault of the program; please report it with this message.',
  ja: 'プログラムの不具合です。このメッセージを添えて報告してください。',
};

/** `WEB: The key may not read this project. [backlog.forbidden]` */
export function problemLine({ path, text, code }: Problem, language: Language): string {
  return `${path === undefined ? '' : `${path}: `}${text[language]} [${code}]`;
}
