import { EXIT_FAILED } from '../../runtime/exit-code.ts';
import { exitCodeOfFailure } from '../end-request.ts';
import type { JobReport } from '../report/job-report.ts';

/** What became of one job among several. */
export interface JobOutcome<Result = JobReport> {
  /** See `jobLabels`. */
  readonly label: string | undefined;
  /** The job could not begin, if it is a failure. */
  readonly result: { readonly report: Result } | { readonly failure: unknown };
}

/** What the program ends with: what all jobs agree on. `codeOf` is what one alone would end with. */
export function exitCodeOfOutcomes<Result>(
  outcomes: readonly JobOutcome<Result>[],
  codeOf: (report: Result) => number,
): number {
  const codes = new Set(
    outcomes.map(({ result }) => ('report' in result ? codeOf(result.report) : exitCodeOfFailure(result.failure))),
  );
  const [only = EXIT_FAILED] = codes;
  return codes.size === 1 ? only : worstOf(codes);
}

/** A signal ends all jobs, though some of them may have been done by then. */
function worstOf(codes: ReadonlySet<number>): number {
  return Math.max(...codes) >= FIRST_OF_SIGNALS ? Math.max(...codes) : EXIT_FAILED;
}

const FIRST_OF_SIGNALS = 128;

/** Whatever can still be done is done (invariant 8); what stops one job is its own affair. */
export async function outcomeOf<Result>(
  label: string | undefined,
  work: () => Promise<Result>,
): Promise<JobOutcome<Result>> {
  try {
    return { label, result: { report: await work() } };
  } catch (failure) {
    return { label, result: { failure } };
  }
}
