import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { asker, errorBody } from '../asker.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: { projects: 1, issues: 5, sharedFiles: 0 }, budgets: { read: 1e6 } });
  for (let index = 0; index < 1005; index += 1)
    sandbox.world.addSharedFile({ projectId: 101, dir: '/大量/100% #1/', name: `${index}.txt`, size: index });
});

afterAll(() => sandbox.close());

const FILES = '/projects/101/files/metadata';

const list = async (path: string) =>
  (await asker(sandbox)(`${FILES}${path}`)).body as { id: number; name: string; type: string }[];

test('the root is an empty path, with or without a slash, and shows directories as such', async () => {
  const root = await list('/');
  expect(root.map(({ name, type }) => [name, type])).toEqual([
    ['大量', 'directory'],
    ['仕様書 v1.0.pdf', 'file'],
  ]);
  expect(await list('')).toEqual(root);
  expect(await list('/%E5%A4%A7%E9%87%8F')).toMatchObject([{ name: '100% #1', dir: '/大量/', size: null }]);
});

test('1000 at most, page by page', async () => {
  const path = `/${encodeURIComponent('大量')}/${encodeURIComponent('100% #1')}`;
  expect(await list(path)).toHaveLength(1000);
  const rest = await list(`${path}/?offset=1000&order=asc`);
  expect(rest.map(({ name }) => name)).toEqual(['1000.txt', '1001.txt', '1002.txt', '1003.txt', '1004.txt']);
  expect((await asker(sandbox)(`${FILES}${path}?count=1001`)).body).toEqual(errorBody(7));
});

test('what is no directory is not there', async () => {
  for (const path of ['/none', '/%E5%A4%A7%E9%87%8F/none', '/%E4%BB%95%E6%A7%98%E6%9B%B8%20v1.0.pdf'])
    expect(await asker(sandbox)(`${FILES}${path}`)).toMatchObject({ status: 404, body: errorBody(6) });
});

test('a file is downloaded with its name and its size, a directory is not', async () => {
  const [directory, file] = await list('/');
  const { headers, text } = await asker(sandbox)(`/projects/101/files/${file?.id}`);
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent('仕様書 v1.0.pdf')}`,
  );
  expect(Buffer.byteLength(text)).toBe(204_800);
  expect((await asker(sandbox)(`/projects/101/files/${directory?.id}`)).status).toBe(404);
});
