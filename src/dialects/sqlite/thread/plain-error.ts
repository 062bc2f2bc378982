/** An error as it goes from thread to thread: of those with a `code`, structured clones keep everything but that. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** Where the driver could not be loaded. */
export const DRIVER_MISSING = 'DRIVER_MISSING';

export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return 'code' in error ? { name, message, code: String(error.code) } : { name, message };
}

export function errorOf({ name, message, code }: PlainError): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? undefined : { code });
}
