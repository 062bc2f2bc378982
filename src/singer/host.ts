import type { Readable, Writable } from 'node:stream';
import { type Clock, systemClock } from '../runtime/clock.ts';
import type { Environment } from '../runtime/setting-sources.ts';

/** What a program has around it, so that it can also run inside a test. */
export interface Host {
  /** Without the interpreter and the script. */
  readonly arguments: readonly string[];
  readonly environment: Environment;
  readonly input: Readable;
  readonly output: Writable;
  readonly logOutput: Writable;
  /** Whether a person reads the log as it is written. */
  readonly isAttended: boolean;
  readonly clock: Clock;
  readonly processId: number;
  onSignal(listener: (signal: NodeJS.Signals) => void): void;
  /** Ends the program at once, whatever it is doing. */
  exit(code: number): void;
}

function processHost(): Host {
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    input: process.stdin,
    output: process.stdout,
    logOutput: process.stderr,
    isAttended: process.stderr.isTTY === true,
    clock: systemClock,
    processId: process.pid,
    onSignal(listener) {
      process.on('SIGTERM', listener);
      process.on('SIGINT', listener);
    },
    exit: (code) => process.exit(code),
  };
}

/** Runs a program's main function in this process and ends it with the code that it returns, output flushed. */
export async function launch(main: (host: Host) => Promise<number>): Promise<void> {
  process.stderr.on('error', () => undefined);
  const code = await main(processHost());
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
