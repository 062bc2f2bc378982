import { describeError } from '../../runtime/errors.ts';
import type { Language, Text } from '../../runtime/text.ts';
import { failureDocument } from '../report/report-document.ts';
import { displayWidth } from '../terminal/display-width.ts';
import type { JobOutcome } from './job-outcome.ts';

/** For people: what became of each job, one below the other; of a single one without a heading. */
export function renderJobs<Result>(
  outcomes: readonly JobOutcome<Result>[],
  render: (report: Result) => readonly string[],
  language: Language,
): readonly string[] {
  return outcomes.flatMap(({ label, result }, index) => {
    const lines = 'report' in result ? render(result.report) : [failureText(result.failure, language)];
    if (label === undefined) return lines;
    return [...(index > 0 ? [''] : []), label, '═'.repeat(displayWidth(label)), ...lines];
  });
}

function failureText(failure: unknown, language: Language): string {
  const text: Text = { en: 'This job could not run.', ja: 'このジョブは実行できませんでした。' };
  return `${text[language]} ${describeError(failure, language)}`;
}

/** For programs: the document of a single job, or those of several in `jobs`, with the exit code of all together. */
export function jobsDocument<Result>(
  outcomes: readonly JobOutcome<Result>[],
  documentOf: (report: Result) => object,
  exitCode: number,
  language: Language,
): object {
  const documents = outcomes.map(({ label, result }) => {
    const document = 'report' in result ? documentOf(result.report) : failureDocument(result.failure, language);
    return label === undefined ? document : { job: label, ...document };
  });
  const [only] = documents;
  return outcomes.length === 1 && only ? only : { exit_code: exitCode, jobs: documents };
}
