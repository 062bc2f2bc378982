import { describeError } from '../runtime/errors.ts';
import { EXIT_DONE } from '../runtime/exit-code.ts';
import { createLogger, plainSink } from '../runtime/log.ts';
import { packageVersion } from '../runtime/package-version.ts';
import { languageOf } from '../runtime/text.ts';
import { parseCommandLine } from './command-line.ts';
import { forecastDocument } from './dry-run/forecast-document.ts';
import { renderForecast } from './dry-run/render-forecast.ts';
import { exitCodeOfFailure } from './end-request.ts';
import { type Host, thisHost } from './host.ts';
import { chooseDisplay } from './progress/choose-display.ts';
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
    if (command.dryRun) {
      const outcomes = unlessAlone(await forecastCommand(command, tools));
      const exitCode = exitCodeOfOutcomes(outcomes, () => EXIT_DONE);
      const forecast = command.json
        ? asJson(jobsDocument(outcomes, forecastDocument, exitCode, language))
        : asLines(renderJobs(outcomes, (each) => renderForecast(each, language), language));
      output.write(forecast);
      return exitCode;
    }
    const outcomes = unlessAlone(await runCommand(command, tools));
    const exitCode = exitCodeOfOutcomes(outcomes, exitCodeOfReport);
    const report = command.json
      ? asJson(jobsDocument(outcomes, (each) => reportDocument(each, language), exitCode, language))
      : asLines(renderJobs(outcomes, (each) => renderReport(each, language), language));
    output.write(report);
    return exitCode;
  } catch (error) {
    display.line(`backlog-sync: ${describeError(error, language)}\n`);
    if (command.json) host.stdout.write(asJson(failureDocument(error, language)));
    return exitCodeOfFailure(error);
  }
}

/** @throws what kept a single job from running: then there is nothing else to tell */
function unlessAlone<Result>(outcomes: readonly JobOutcome<Result>[]): readonly JobOutcome<Result>[] {
  const [first] = outcomes;
  if (outcomes.length === 1 && first && 'failure' in first.result) throw first.result.failure;
  return outcomes;
}

function asLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function asJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
