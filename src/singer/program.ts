import type { z } from 'zod';
import { describeError } from '../runtime/errors.ts';
import { EXIT_DONE, exitCodeOf } from '../runtime/exit-code.ts';
import { packageVersion } from '../runtime/package-version.ts';
import { environmentSource, fileSource, type SettingsSource } from '../runtime/setting-sources.ts';
import { parseSettings, type SettingsDefinition } from '../runtime/settings.ts';
import { type Language, languageOf, type Text } from '../runtime/text.ts';
import { formatAbout } from './about.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import type { Host } from './host.ts';
import { createLineWriter, type LineWriter } from './line-writer.ts';
import { createProgramLog, type ProgramLog } from './program-log.ts';
import { Interruption, listenForStop, type Stop } from './stop.ts';

/** What a tap or target says of itself; the command line, `--about` and the settings follow from it. */
export interface Program<S extends z.ZodObject> extends SettingsDefinition<S> {
  readonly kind: 'tap' | 'target';
  readonly name: string;
  readonly description: Text;
  readonly capabilities: readonly string[];
}

/** What a run is given. */
export interface Run {
  readonly host: Host;
  readonly language: Language;
  readonly log: ProgramLog;
  readonly output: LineWriter;
  readonly stop: Stop;
  readonly command: CommandLine;
}

/**
 * Runs a program to its exit code: answers `--help`, `--version` and `--about`, else does the work. A closed output
 * pipe stops the work as SIGPIPE would: in silence, with the code that tells that not everything was delivered.
 */
export async function runProgram<S extends z.ZodObject>(
  program: Program<S>,
  host: Host,
  work: (run: Run) => Promise<number>,
): Promise<number> {
  const language = languageOf(host.environment);
  const stop = listenForStop(host);
  const output = createLineWriter(host.output, () => stop.request('SIGPIPE'));
  const log = createProgramLog(host, program.name);
  try {
    const command = await parseCommandLine(program, packageVersion(), language, host, output);
    if ('exitCode' in command) return command.exitCode;
    if (command.about) await output.write(formatAbout(program, packageVersion(), language, command.format));
    const code = command.about ? EXIT_DONE : await work({ host, language, log, output, stop, command });
    await output.flush();
    return stop.signal.aborted ? exitCodeOfStop(stop) : code;
  } catch (error) {
    if (stop.signal.aborted && error instanceof Interruption) return error.exitCode;
    log.error({ en: describeError(error, 'en'), ja: describeError(error, 'ja') });
    return exitCodeOf(error);
  }
}

/**
 * The settings of a run: the environment first, then each `--config` in order, later ones winning. `--config=ENV` puts
 * the environment at its own place in that order.
 */
export function settingsOf<S extends z.ZodObject>(program: Program<S>, { command, host, log }: Run): z.output<S> {
  const keys = Object.keys(program.schema.shape);
  const environment = () => environmentSource(program.environmentPrefix, keys, host.environment);
  const given = command.config.map((path): SettingsSource => (path === 'ENV' ? environment() : fileSource(path)));
  return parseSettings(program, [environment(), ...given], log);
}

function exitCodeOfStop({ signal }: Stop): number {
  return signal.reason instanceof Interruption ? signal.reason.exitCode : exitCodeOf(signal.reason);
}
