import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readInputFile } from '../../src/jobs/input-files.ts';

const WHAT = { en: 'query file', ja: 'クエリファイル' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'input-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('reads UTF-8 with its mark, and UTF-16 as Windows editors save it', async () => {
  const text = 'REPLICATE 課題 SELECT * FROM Issues;\r\n';
  const path = join(folder, 'q.sql');
  writeFileSync(path, `\ufeff${text}`);
  expect(await readInputFile(path, WHAT)).toBe(`\ufeff${text}`);
  writeFileSync(path, `\ufeff${text}`, 'utf16le');
  expect(await readInputFile(path, WHAT)).toBe(`\ufeff${text}`);
});

it.each([
  ['missing.sql', 'there is no such file'],
  ['.', 'it is a folder'],
])('says why %s cannot be read', async (name, reason) => {
  await expect(readInputFile(join(folder, name), WHAT)).rejects.toMatchObject({
    code: 'job.file-unreadable',
    recovery: 'configuration',
    path: join(folder, name),
    text: { en: expect.stringContaining(reason) },
  });
});

it('refuses text that is not UTF-8 instead of guessing', async () => {
  const path = join(folder, 'sjis.sql');
  writeFileSync(path, Buffer.from([0x89, 0xdb, 0x91, 0xe8]));
  await expect(readInputFile(path, WHAT)).rejects.toMatchObject({ text: { en: expect.stringContaining('not UTF-8') } });
});
