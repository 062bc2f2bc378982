import { expect, test } from 'vitest';
import { encodeQuery } from '../../src/backlog/query.ts';

test.each([
  [{}, ''],
  [{ a: undefined }, ''],
  [{ count: 100, order: 'asc', archived: false }, 'count=100&order=asc&archived=false'],
  [{ projectId: [1, 2], id: [] }, 'projectId[]=1&projectId[]=2'],
  [{ keyword: '課題 & "x"=1+1' }, 'keyword=課題 & "x"=1+1'],
  [{ customField_5: [7, 8], customField_6: 'x' }, 'customField_5[0]=7&customField_5[1]=8&customField_6=x'],
  [{ offset: 0, q: '' }, 'offset=0&q='],
])('%j is sent as %s', (query, expected) => {
  const text = encodeQuery(query);
  expect(decodeURIComponent(text.replaceAll('+', ' '))).toBe(expected);
  expect(text).toMatch(/^[\x21-\x7e]*$/);
});
