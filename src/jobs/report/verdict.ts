import { EXIT_DONE, EXIT_FAILED, exitCodeOfSignal } from '../../runtime/exit-code.ts';
import type { JobReport, StatementReport, Verdict } from './job-report.ts';

/** The worst of the statements stands for the whole. */
export function worstVerdict(statements: readonly StatementReport[]): Verdict {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  if (verdicts.has('FAILED')) return 'FAILED';
  return verdicts.has('INCOMPLETE') ? 'INCOMPLETE' : 'OK';
}

/**
 * What the program ends with. Where all statements failed for the same kind of reason (network, key, disk), the code
 * says so: then running again later can help without any change of the job.
 */
export function exitCodeOfReport({ statements, signal }: JobReport): number {
  if (signal !== undefined) return exitCodeOfSignal(signal);
  const codes = new Set(statements.map(({ exitCode }) => exitCode));
  if (codes.size > 1) return EXIT_FAILED;
  return statements[0]?.exitCode ?? EXIT_DONE;
}
