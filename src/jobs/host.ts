import { type Clock, systemClock } from '../runtime/clock.ts';
import { exitCodeOfSignal } from '../runtime/exit-code.ts';
import type { Terminal } from './progress/live-display.ts';

export interface ErrorOutput extends Terminal {
  readonly isTTY: boolean;
}

/** What the program has of the process that it runs in. */
export interface Host {
  /** Without node and script. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ErrorOutput;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Calls `listener` once, at the first signal that asks the program to end; gives back how to stop listening. */
  onEndRequest(listener: (signal: NodeJS.Signals) => void): () => void;
}

export function thisHost(): Host {
  for (const output of [process.stdout, process.stderr]) output.on('error', ignoreClosed);
  return {
    args: process.argv.slice(2),
    environment: process.env,
    stdout: { write: (text) => process.stdout.write(text) },
    stderr: {
      write: (text) => process.stderr.write(text),
      isTTY: process.stderr.isTTY,
      get columns() {
        return process.stderr.columns;
      },
      get rows() {
        return process.stderr.rows;
      },
    },
    platform: process.platform,
    clock: systemClock,
    onEndRequest,
  };
}

/** Whoever read our output may have gone; the run is about the database. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

const END_REQUESTS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The second signal ends the process at once: nothing is lost by it, since every commit carries its own state. */
function onEndRequest(listener: (signal: NodeJS.Signals) => void): () => void {
  let isEnding = false;
  const handle = (signal: NodeJS.Signals) => {
    if (isEnding) process.exit(exitCodeOfSignal(signal));
    isEnding = true;
    listener(signal);
  };
  for (const signal of END_REQUESTS) process.on(signal, handle);
  return () => {
    for (const signal of END_REQUESTS) process.off(signal, handle);
  };
}
