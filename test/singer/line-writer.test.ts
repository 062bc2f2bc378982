import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLineWriter } from '../../src/singer/line-writer.ts';

const never = () => {
  throw new Error('the pipe was not closed');
};

describe('a line writer', () => {
  test('waits while the reader is behind and goes on when it has caught up', async () => {
    const pipe = new PassThrough({ highWaterMark: 10 });
    const writer = createLineWriter(pipe, never);
    const settled: string[] = [];
    await writer.write('short\n');
    const second = writer.write('a long line\n').then(() => settled.push('second'));
    await new Promise(setImmediate);
    expect(settled).toEqual([]);
    expect(String(pipe.read())).toBe('short\na long line\n');
    await second;
    expect(settled).toEqual(['second']);
    expect(pipe.listenerCount('drain')).toBe(0);
  });

  test('tells of a reader that is gone and then takes everything in silence', async () => {
    const reader = spawn(process.execPath, ['-e', 'process.stdin.once("data", () => process.exit())'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    let closed = 0;
    const writer = createLineWriter(reader.stdin, () => {
      closed += 1;
    });
    const ended = once(reader, 'exit');
    await writer.write('first\n');
    await ended;
    for (let line = 0; line < 100 && closed === 0; line++) {
      await writer.write(`${'x'.repeat(100_000)}\n`);
      await new Promise(setImmediate);
    }
    expect(closed).toBe(1);
    await writer.write('more\n');
    await writer.flush();
  });

  test('fails when the output cannot be written', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })),
    });
    const writer = createLineWriter(full, never);
    const written = writer.write('line\n').then(() => writer.flush());
    await expect(written).rejects.toMatchObject({ code: 'output.failed', recovery: 'environment' });
  });
});
