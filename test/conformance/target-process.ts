import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TargetProgram } from './database.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface TargetRun {
  /** Resolves when the program has ended; `null` if a signal ended it. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** The states that it has written so far. */
  states(): readonly unknown[];
  log(): string;
}

/** Starts a target as users do and gives it `input`. */
export function startTarget({ name, environment }: TargetProgram, input: string): TargetRun {
  const child = spawn(process.execPath, [join(ROOT, 'bin', `${name}.js`)], {
    env: { PATH: process.env.PATH, LANG: 'C', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return {
    ended: once(child, 'close').then(([code]) => code as number | null),
    kill: (signal) => child.kill(signal),
    states: () =>
      output
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
    log: () => log,
  };
}
