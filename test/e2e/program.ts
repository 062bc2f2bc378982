import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts one of our launchers as users do: a process of its own, knowing only its arguments and environment. */
export function startProgram(name: string, args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [join(root, 'bin', `${name}.js`), ...args], {
    env: { PATH: process.env.PATH ?? '', LANG: 'C', NODE_V8_COVERAGE: process.env.NODE_V8_COVERAGE, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.stdin.on('error', () => undefined);
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout: stdout(), stderr: stderr() }));
  });
  return { child, finished };
}

/** Runs a program to its end; `input` is its whole standard input. */
export function runProgram(
  name: string,
  args: readonly string[],
  { input = '', environment = {} }: { input?: string; environment?: Record<string, string> } = {},
): Promise<Finished> {
  const { child, finished } = startProgram(name, args, environment);
  child.stdin?.end(input);
  return finished;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
