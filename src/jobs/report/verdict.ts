import { EXIT_DONE, EXIT_ENVIRONMENT, EXIT_FAILED, exitCodeOfSignal } from '../../runtime/exit-code.ts';
import type { JobReport, StatementReport, Verdict } from './job-report.ts';

/** The worst of the statements stands for the whole. */
export function worstVerdict(statements: readonly StatementReport[]): Verdict {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  if (verdicts.has('FAILED')) return 'FAILED';
  return verdicts.has('INCOMPLETE') ? 'INCOMPLETE' : 'OK';
}

/**
 * What the program ends with. Where every statement failed for something around us (network, key, disk), that is what
 * the code says: running again later can help without any change of the job.
 */
export function exitCodeOfReport({ statements, signal }: JobReport): number {
  if (signal !== undefined) return exitCodeOfSignal(signal);
  if (worstVerdict(statements) === 'OK') return EXIT_DONE;
  const isOutside = statements.every(({ verdict, isEnvironmental }) => verdict === 'FAILED' && isEnvironmental);
  return isOutside ? EXIT_ENVIRONMENT : EXIT_FAILED;
}
