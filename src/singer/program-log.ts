import { readFileSync } from 'node:fs';
import { createLogger, LOG_LEVELS, type Logger, type LogLevel, type LogLine, plainSink } from '../runtime/log.ts';
import { redact } from '../runtime/secrets.ts';
import type { Environment } from '../runtime/setting-sources.ts';
import { type Language, languageOf } from '../runtime/text.ts';
import type { Host } from './host.ts';

/** A measured value as the Singer specification spells it; dashboards know the names of the metrics and tags. */
export interface MetricPoint {
  readonly type: 'counter' | 'timer';
  readonly metric: 'record_count' | 'http_request_count' | 'sync_duration';
  readonly value: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ProgramLog extends Logger {
  /** For machines: nothing is written where a person reads plain lines. */
  metric(point: MetricPoint): void;
}

/**
 * The log of a Singer program on stderr: plain lines, or JSON lines when `SINGER_SDK_LOG_CONFIG` is set, which is how
 * Meltano asks for them. The level comes from `<PROGRAM>_LOGLEVEL`, `LOGLEVEL` or that file, in this order.
 */
export function createProgramLog(host: Host, program: string): ProgramLog {
  const { environment } = host;
  const write = (line: string) => void host.logOutput.write(line);
  const language = languageOf(environment);
  const level = levelOf(environment, program);
  const configured = environment.SINGER_SDK_LOG_CONFIG;
  if (configured === undefined || configured === '') {
    const log = createLogger(level ?? 'info', plainSink(write, language));
    const metric = (point: MetricPoint) => log.info(sameInAll(`METRIC: ${JSON.stringify(point)}`));
    return { ...log, metric: host.isAttended ? () => undefined : metric };
  }
  const structured = structuredWriter(host, program, write);
  const threshold = level ?? levelInFile(configured) ?? 'info';
  const log = createLogger(threshold, (line) => structured(line, language));
  const isTold = LOG_LEVELS.indexOf(threshold) <= LOG_LEVELS.indexOf('info');
  const metric = (point: MetricPoint) => {
    if (isTold) structured({ level: 'info', text: sameInAll('METRIC') }, language, point);
  };
  return { ...log, metric };
}

function structuredWriter(host: Host, program: string, write: (line: string) => void) {
  return ({ level, text }: LogLine, language: Language, point?: MetricPoint): void => {
    const line = {
      level,
      pid: host.processId,
      logger_name: program,
      ts: host.clock.now() / 1000,
      thread_name: 'MainThread',
      app_name: program,
      stream_name: point?.tags.stream ?? null,
      message: redact(text[language]),
      ...(point ? { metric_info: point } : {}),
      extra: {},
    };
    write(`${JSON.stringify(line)}\n`);
  };
}

function levelOf(environment: Environment, program: string): LogLevel | undefined {
  const own = `${program.replaceAll('-', '_').toUpperCase()}_LOGLEVEL`;
  return asLevel(environment[own]) ?? asLevel(environment.LOGLEVEL);
}

/** The file is Python's logging configuration, in JSON or YAML; only the root's level concerns us. */
function levelInFile(path: string): LogLevel | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return asLevel(/"?root"?\s*:[^}]*?"?level"?\s*:\s*"?(\w+)/.exec(text)?.[1]);
  } catch {
    return undefined;
  }
}

function asLevel(name: string | undefined): LogLevel | undefined {
  const lower = name?.toLowerCase();
  if (lower === 'critical') return 'error';
  return LOG_LEVELS.find((level) => level === lower);
}

function sameInAll(text: string): LogLine['text'] {
  return { en: text, ja: text };
}
