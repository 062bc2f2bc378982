import { describeError } from '../runtime/errors.ts';
import { exitCodeOf } from '../runtime/exit-code.ts';
import { createLogger, plainSink } from '../runtime/log.ts';
import { packageVersion } from '../runtime/package-version.ts';
import { languageOf } from '../runtime/text.ts';
import { parseCommandLine } from './command-line.ts';
import { type Host, thisHost } from './host.ts';
import { chooseDisplay } from './progress/choose-display.ts';
import { renderReport } from './report/render-report.ts';
import { failureDocument, reportDocument } from './report/report-document.ts';
import { exitCodeOfReport } from './report/verdict.ts';
import { runCommand } from './run-command.ts';

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
    const report = await runCommand(command, { host, display, log, language });
    host.stdout.write(
      command.json ? asJson(reportDocument(report, language)) : `${renderReport(report, language).join('\n')}\n`,
    );
    return exitCodeOfReport(report);
  } catch (error) {
    display.line(`backlog-sync: ${describeError(error, language)}\n`);
    if (command.json) host.stdout.write(asJson(failureDocument(error, language)));
    return exitCodeOf(error);
  }
}

function asJson(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
