import { AppError, DataError } from '../../runtime/errors.ts';

/** A SELECT that was in order, but fails on a value. */
export function failedSelect(error: unknown, place: string): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DataError({
    code: 'replicate.select-failed',
    text: { en: `the SELECT failed on a row: ${reason}`, ja: `SELECT がある行で失敗しました: ${reason}` },
    hint: {
      en: 'Change the expression so that it can take every value, or leave such rows out with WHERE.',
      ja: 'どの値でも計算できる式に直すか、そのような行を WHERE で除外してください。',
    },
    path: place,
    cause: error,
  });
}
