import { redact } from './secrets.ts';
import type { Language, Text } from './text.ts';

export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Where our programs tell what they do. A line is told in the user's language. A good run never prints the words
 * "error" or "exception": Meltano's loader test takes them for a failure.
 */
export interface Logger {
  debug(text: Text): void;
  info(text: Text): void;
  warning(text: Text): void;
  error(text: Text): void;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly text: Text;
}

/** A logger that hands each line at or above `level` to `sink`. */
export function createLogger(level: LogLevel, sink: (line: LogLine) => void): Logger {
  const threshold = LOG_LEVELS.indexOf(level);
  const tell = (lineLevel: LogLevel) => (text: Text) => {
    if (LOG_LEVELS.indexOf(lineLevel) >= threshold) sink({ level: lineLevel, text });
  };
  return { debug: tell('debug'), info: tell('info'), warning: tell('warning'), error: tell('error') };
}

/** Plain lines, the form of all our programs that a person runs by hand; `write` is usually stderr's. */
export function plainSink(write: (line: string) => void, language: Language): (line: LogLine) => void {
  return ({ level, text }) => {
    const mark = level === 'info' ? '' : `${level}: `;
    write(redact(`${mark}${text[language]}\n`));
  };
}

export const silentLogger: Logger = createLogger('error', () => undefined);
