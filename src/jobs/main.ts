import { describeError } from '../runtime/errors.ts';
import { EXIT_DONE, exitCodeOf } from '../runtime/exit-code.ts';
import { createLogger, plainSink } from '../runtime/log.ts';
import { packageVersion } from '../runtime/package-version.ts';
import { languageOf } from '../runtime/text.ts';
import { parseCommandLine } from './command-line.ts';
import { forecastDocument } from './dry-run/forecast-document.ts';
import { renderForecast } from './dry-run/render-forecast.ts';
import { type Host, thisHost } from './host.ts';
import { chooseDisplay } from './progress/choose-display.ts';
import { renderReport } from './report/render-report.ts';
import { failureDocument, reportDocument } from './report/report-document.ts';
import { exitCodeOfReport } from './report/verdict.ts';
import { forecastCommand, runCommand } from './run-command.ts';

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
      const forecast = await forecastCommand(command, tools);
      output.write(command.json ? asJson(forecastDocument(forecast)) : asLines(renderForecast(forecast, language)));
      return EXIT_DONE;
    }
    const report = await runCommand(command, tools);
    output.write(command.json ? asJson(reportDocument(report, language)) : asLines(renderReport(report, language)));
    return exitCodeOfReport(report);
  } catch (error) {
    display.line(`backlog-sync: ${describeError(error, language)}\n`);
    if (command.json) host.stdout.write(asJson(failureDocument(error, language)));
    return exitCodeOf(error);
  }
}

function asLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function asJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
