import type { Writable } from 'node:stream';
import { EnvironmentError } from '../runtime/errors.ts';

/** Writes lines no faster than the other side reads them. */
export interface LineWriter {
  /** Resolves when more may be given. After the pipe was closed it does nothing. */
  write(text: string): Promise<void>;
  /** Resolves when all that was given has left this process. */
  flush(): Promise<void>;
}

/**
 * @param onClosed called when the reader of the pipe is gone; that is no failure of ours
 * @throws EnvironmentError `output.failed` from `write` and `flush` when the output cannot be written, as on a full disk
 */
export function createLineWriter(output: Writable, onClosed: () => void): LineWriter {
  const state: { closed: boolean; failure?: EnvironmentError } = { closed: false };
  const close = (failure?: EnvironmentError) => {
    if (state.closed) return;
    state.closed = true;
    if (failure) state.failure = failure;
    else onClosed();
  };
  output.on('error', (error) => close(isClosedPipe(error) ? undefined : outputFailed(error)));
  output.on('close', () => close());
  return {
    async write(text) {
      if (!state.closed && !output.write(text)) await drained(output);
      if (state.failure) throw state.failure;
    },
    async flush() {
      if (!state.closed) await new Promise<void>((resolve) => output.write('', () => resolve()));
      if (state.failure) throw state.failure;
    },
  };
}

const DRAIN_EVENTS = ['drain', 'error', 'close'] as const;

function drained(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of DRAIN_EVENTS) output.off(event, done);
      resolve();
    };
    for (const event of DRAIN_EVENTS) output.on(event, done);
  });
}

function isClosedPipe({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET';
}

function outputFailed(cause: Error): EnvironmentError {
  return new EnvironmentError({
    code: 'output.failed',
    text: {
      en: `standard output cannot be written (${cause.message})`,
      ja: `標準出力に書き込めません（${cause.message}）`,
    },
    hint: {
      en: 'Check the disk or the program that standard output goes to.',
      ja: '標準出力の先のディスクまたはプログラムを確認してください。',
    },
    cause,
  });
}
