import { describeError } from '../runtime/errors.ts';
import { EXIT_DONE } from '../runtime/exit-code.ts';
import { createLogger, plainSink } from '../runtime/log.ts';
import { packageVersion } from '../runtime/package-version.ts';
import { type Language, languageOf } from '../runtime/text.ts';
import { parseCommandLine } from './command-line.ts';
import { forecastDocument } from './dry-run/forecast-document.ts';
import type { JobForecast } from './dry-run/job-forecast.ts';
import { renderForecast } from './dry-run/render-forecast.ts';
import { exitCodeOfFailure } from './end-request.ts';
import { type Host, thisHost } from './host.ts';
import { chooseDisplay } from './progress/choose-display.ts';
import type { JobReport } from './report/job-report.ts';
import { renderReport } from './report/render-report.ts';
import { failureDocument, reportDocument } from './report/report-document.ts';
import { exitCodeOfReport } from './report/verdict.ts';
import { forecastCommand, runCommand } from './run-command.ts';
import { exitCodeOfOutcomes, type JobOutcome } from './side-by-side/job-outcome.ts';
import { jobsDocument, renderJobs } from './side-by-side/render-jobs.ts';

/** `backlog-sync` as a program: resolves to its exit code. */
export async function main(host: Host = thisHost()): Promise<number> {
  const language = languageOf(host.environment);
  const output = {
    write: (text: string) => void host.stdout.write(text),
    writeProblem: (text: string) => void host.stderr.write(text),
  };
  const command = parseCommandLine(host.args, packageVersion(), language, output);
  if ('exitCode' in command) return command.exitCode;
  const display = chooseDisplay(host.stderr, command.level, language);
  const log = createLogger(command.level, plainSink(display.line, language));
  try {
    const tools = { host, display, log, language };
    const telling = { write: output.write, json: command.json, language };
    return command.dryRun
      ? tell(await forecastCommand(command, tools), FORECASTS, telling)
      : tell(await runCommand(command, tools), REPORTS, telling);
  } catch (error) {
    display.line(`backlog-sync: ${describeError(error, language)}\n`);
    if (command.json) host.stdout.write(asJson(failureDocument(error, language)));
    return exitCodeOfFailure(error);
  }
}

/** How results are told to people and to programs, and what the program ends with after such a result. */
interface Manner<Result> {
  readonly lines: (result: Result, language: Language) => readonly string[];
  readonly document: (result: Result, language: Language) => object;
  readonly exitCode: (result: Result) => number;
}

const FORECASTS: Manner<JobForecast> = {
  lines: renderForecast,
  document: forecastDocument,
  exitCode: () => EXIT_DONE,
};

const REPORTS: Manner<JobReport> = {
  lines: renderReport,
  document: reportDocument,
  exitCode: exitCodeOfReport,
};

interface Telling {
  readonly write: (text: string) => void;
  readonly json: boolean;
  readonly language: Language;
}

/**
 * Prints what became of the jobs; gives back what the program ends with.
 *
 * @throws what kept a single job from running: then there is nothing else to tell
 */
function tell<Result>(
  outcomes: readonly JobOutcome<Result>[],
  { lines, document, exitCode: codeOf }: Manner<Result>,
  { write, json, language }: Telling,
): number {
  const [first] = outcomes;
  if (outcomes.length === 1 && first && 'failure' in first.result) throw first.result.failure;
  const exitCode = exitCodeOfOutcomes(outcomes, codeOf);
  const documentOf = (each: Result) => document(each, language);
  write(
    json
      ? asJson(jobsDocument(outcomes, documentOf, exitCode, language))
      : asLines(renderJobs(outcomes, (each) => lines(each, language), language)),
  );
  return exitCode;
}

function asLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function asJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
