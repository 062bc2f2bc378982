import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tableNamesOf, tableNamesShape } from '../../src/singer/table-names.ts';

const schema = z.object(tableNamesShape);
const names = (settings: z.input<typeof schema>, defaultSchema?: string) =>
  tableNamesOf(schema.parse(settings), defaultSchema);

describe('the table of a stream', () => {
  test('bears the whole name of the stream, whatever is in it', () => {
    expect(names({})('public-Users.v1')).toEqual({ name: 'public-Users.v1' });
    expect(names({})('constructor')).toEqual({ name: 'constructor' });
  });

  test('lies in the default schema, between prefix and suffix', () => {
    expect(names({ table_prefix: 'a_', table_suffix: '_z' }, 'raw')('s')).toEqual({ schema: 'raw', name: 'a_s_z' });
  });

  test('is what the mapping says, without prefix and suffix', () => {
    const settings = {
      table_prefix: 'a_',
      table_mapping: { s: 'tickets', t: { schema: 'x', table: 'y' }, u: { schema: 'x' }, v: { table: 'y' } },
    };
    const tableOf = names(settings, 'raw');
    expect(['s', 't', 'u', 'v', 'w'].map(tableOf)).toEqual([
      { schema: 'raw', name: 'tickets' },
      { schema: 'x', name: 'y' },
      { schema: 'x', name: 'a_u' },
      { schema: 'raw', name: 'y' },
      { schema: 'raw', name: 'a_w' },
    ]);
  });
});
