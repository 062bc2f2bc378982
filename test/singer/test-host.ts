import { PassThrough } from 'node:stream';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Environment } from '../../src/runtime/setting-sources.ts';
import type { Host } from '../../src/singer/host.ts';

export interface TestHost extends Host {
  readonly input: PassThrough;
  readonly output: PassThrough;
  /** What has been written to standard output and to the log so far. */
  outputText(): string;
  logText(): string;
  signal(name: NodeJS.Signals): void;
  /** Codes of every immediate exit. */
  readonly exits: readonly number[];
}

/** A host with streams in memory, for programs that run inside the test. */
export function createTestHost(
  args: readonly string[],
  {
    environment = {},
    output,
    isAttended = false,
  }: { environment?: Environment; output?: PassThrough; isAttended?: boolean } = {},
): TestHost {
  const outputSink = collect();
  const logSink = collect();
  const listeners: ((signal: NodeJS.Signals) => void)[] = [];
  const exits: number[] = [];
  return {
    arguments: args,
    environment,
    input: new PassThrough(),
    output: output ?? outputSink.stream,
    logOutput: logSink.stream,
    isAttended,
    clock: systemClock,
    processId: 4711,
    onSignal: (listener) => listeners.push(listener),
    exit: (code) => exits.push(code),
    outputText: outputSink.text,
    logText: logSink.text,
    signal: (name) => {
      for (const listener of listeners) listener(name);
    },
    exits,
  };
}

function collect() {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
