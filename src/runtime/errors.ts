import { redact } from './secrets.ts';
import type { Language, Text } from './text.ts';

/** What can be done next, which is all that a caller may ask of an error. */
export type Recovery =
  /** The user changes a file, an option or a statement. */
  | 'configuration'
  /** The user gets a working key or more rights. */
  | 'authentication'
  /** Something around us is missing: network, host, disk, database. */
  | 'environment'
  /** Trying again later may help; the one who catches it does so, within bounds. */
  | 'retryable'
  /** This project or stream cannot be read; the others go on (invariant 8). */
  | 'skippable'
  /** A row or value does not fit where it must go. */
  | 'data'
  /** Nobody outside this code can help: a bug, or an answer that breaks the API's own rules. */
  | 'fatal';

export interface ErrorDetails {
  /** Stable and documented, dotted from general to special: `config.missing`, `backlog.key-refused`. */
  readonly code: string;
  readonly text: Text;
  /** What the user can do now. */
  readonly hint?: Text;
  /** Where it happened: config key, stream, or statement with line and column. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** The one base of all errors that we raise ourselves. No secret survives its constructor (invariant 9). */
export abstract class AppError extends Error {
  abstract readonly recovery: Recovery;
  readonly code: string;
  readonly text: Text;
  readonly hint: Text | undefined;
  readonly path: string | undefined;

  constructor(details: ErrorDetails) {
    super(redact(details.text.en), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.text = redactText(details.text);
    this.hint = details.hint && redactText(details.hint);
    this.path = details.path;
  }
}

export class ConfigurationError extends AppError {
  override readonly recovery = 'configuration';
}

export class AuthenticationError extends AppError {
  override readonly recovery = 'authentication';
}

export class EnvironmentError extends AppError {
  override readonly recovery = 'environment';
}

export class RetryableError extends AppError {
  override readonly recovery = 'retryable';
}

export class SkippableError extends AppError {
  override readonly recovery = 'skippable';
}

export class DataError extends AppError {
  override readonly recovery = 'data';
}

export class FatalError extends AppError {
  override readonly recovery = 'fatal';
}

/** One message for a person: what happened, where, and what to do. Never a stack trace. */
export function describeError(error: unknown, language: Language): string {
  if (!(error instanceof AppError)) return redact(error instanceof Error ? error.message : String(error));
  const place = error.path === undefined ? '' : `${error.path}: `;
  const hint = error.hint === undefined ? '' : `\n  → ${error.hint[language]}`;
  return redact(`${place}${error.text[language]} [${error.code}]${hint}`);
}

function redactText(text: Text): Text {
  return { en: redact(text.en), ja: redact(text.ja) };
}
