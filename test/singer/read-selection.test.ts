import { describe, expect, test } from 'vitest';
import type { CatalogStream } from '../../src/message/catalog.ts';
import { createLogger, silentLogger } from '../../src/runtime/log.ts';
import { type Catalog, catalogOf } from '../../src/singer/catalog.ts';
import { defaultSelection, readSelection } from '../../src/singer/read-selection.ts';
import type { Metadata } from '../../src/singer/selection-rule.ts';

const column = { type: ['null', 'string'] };

const issues: CatalogStream = {
  name: 'issues',
  schema: { type: 'object', properties: { id: column, updated: column, summary: column, due_date: column } },
  keyProperties: ['id'],
  replicationMethod: 'INCREMENTAL',
  replicationKey: 'updated',
  selectedByDefault: true,
};

const stars: CatalogStream = {
  name: 'stars',
  schema: { type: 'object', properties: { id: column } },
  keyProperties: ['id'],
  replicationMethod: 'FULL_TABLE',
  selectedByDefault: false,
};

const offered = [issues, stars];

/** The discovered catalog with metadata changed as a user or Meltano would. */
function edited(changes: Readonly<Record<string, Metadata>>): Catalog {
  return {
    streams: catalogOf(offered).streams.map((entry) => ({
      ...entry,
      metadata: entry.metadata.map(({ breadcrumb, metadata }) => ({
        breadcrumb,
        metadata: { ...metadata, ...changes[[entry.stream, ...breadcrumb.slice(1)].join('.')] },
      })),
    })),
  };
}

function read(catalog: unknown) {
  const warnings: string[] = [];
  const log = createLogger('debug', ({ text }) => warnings.push(text.en));
  return { selection: readSelection(JSON.parse(JSON.stringify(catalog)), 'catalog.json', offered, log), warnings };
}

describe('discovery', () => {
  test('writes an entry for each stream with metadata for the stream and for each property', () => {
    expect(catalogOf(offered).streams[0]).toEqual({
      tap_stream_id: 'issues',
      stream: 'issues',
      schema: issues.schema,
      key_properties: ['id'],
      replication_method: 'INCREMENTAL',
      replication_key: 'updated',
      metadata: [
        {
          breadcrumb: [],
          metadata: {
            inclusion: 'available',
            'selected-by-default': true,
            'table-key-properties': ['id'],
            'forced-replication-method': 'INCREMENTAL',
            'valid-replication-keys': ['updated'],
          },
        },
        { breadcrumb: ['properties', 'id'], metadata: { inclusion: 'automatic' } },
        { breadcrumb: ['properties', 'updated'], metadata: { inclusion: 'automatic' } },
        { breadcrumb: ['properties', 'summary'], metadata: { inclusion: 'available' } },
        { breadcrumb: ['properties', 'due_date'], metadata: { inclusion: 'available' } },
      ],
    });
  });

  test('an unchanged catalog asks for the same as none', () => {
    expect(read(catalogOf(offered))).toEqual({ selection: defaultSelection(offered), warnings: [] });
    expect(defaultSelection(offered)).toEqual([{ name: 'issues' }]);
  });
});

describe('a catalog', () => {
  test('selects and deselects streams', () => {
    const { selection } = read(edited({ issues: { selected: false }, stars: { selected: true } }));
    expect(selection).toEqual([{ name: 'stars' }]);
  });

  test('deselects columns, but never key and replication key', () => {
    const off = { selected: false };
    const { selection } = read(
      edited({ 'issues.id': { inclusion: 'available', ...off }, 'issues.updated': off, 'issues.summary': off }),
    );
    expect(selection).toEqual([{ name: 'issues', columns: new Set(['id', 'updated', 'due_date']) }]);
  });

  test('without metadata selects its streams whole', () => {
    expect(read({ streams: [{ tap_stream_id: 'stars', schema: {} }] }).selection).toEqual([{ name: 'stars' }]);
  });

  test('may name a stream by "stream" alone and hold nulls', () => {
    const metadata = [{ breadcrumb: [], metadata: { inclusion: null, selected: true, 'replication-method': null } }];
    expect(read({ streams: [{ stream: 'stars', replication_key: null, metadata }] }).selection).toEqual([
      { name: 'stars' },
    ]);
  });

  test('tells of selected streams and columns that do not exist, and of no others', () => {
    const catalog = edited({});
    const [first] = catalog.streams;
    const extra = (name: string, selected: boolean) => ({
      tap_stream_id: name,
      metadata: [{ breadcrumb: [], metadata: { selected } }],
    });
    const withColumns = {
      ...first,
      metadata: [
        ...(first?.metadata ?? []),
        { breadcrumb: ['properties', 'gone'], metadata: { inclusion: 'available' } },
        { breadcrumb: ['properties', 'off'], metadata: { selected: false } },
      ],
    };
    const { selection, warnings } = read({ streams: [withColumns, extra('wikies', true), extra('old', false)] });
    expect(selection).toEqual([{ name: 'issues' }]);
    expect(warnings).toEqual([
      'The catalog selects issues.gone, but there is no such column; it is left out',
      'The catalog selects the stream wikies, but there is no such stream; it is left out',
    ]);
  });

  test('that selects nothing is refused with the way out', () => {
    const catalog = edited({ issues: { selected: false } });
    expect(() => readSelection(catalog, 'catalog.json', offered, silentLogger)).toThrow(
      expect.objectContaining({ code: 'catalog.nothing-selected', path: 'catalog.json' }),
    );
  });

  test.each([
    ['a list', [], '.'],
    ['a state', { bookmarks: {} }, 'streams'],
    [
      'a flag that is a text',
      { streams: [{ metadata: [{ breadcrumb: [], metadata: { selected: 'yes' } }] }] },
      'selected',
    ],
  ])('that is %s is refused with the place', (_case, content, place) => {
    expect(() => readSelection(content, 'catalog.json', offered, silentLogger)).toThrow(
      expect.objectContaining({ code: 'catalog.invalid', message: expect.stringContaining(place) }),
    );
  });
});

describe('the replication method', () => {
  const full = [{ name: 'issues', fullRefresh: true }];

  test('is overridden by the metadata replication-method', () => {
    expect(read(edited({ issues: { 'replication-method': 'FULL_TABLE' } })).selection).toEqual(full);
  });

  test('is overridden by the metadata forced-replication-method', () => {
    expect(read(edited({ issues: { 'forced-replication-method': 'FULL_TABLE' } })).selection).toEqual(full);
  });

  test('is overridden by replication_method of the entry', () => {
    const streams = edited({}).streams.map((entry) => ({ ...entry, replication_method: 'FULL_TABLE' }));
    expect(read({ streams }).selection).toEqual(full);
  });

  test('of the metadata replication-method wins over the other two', () => {
    const catalog = edited({
      issues: { 'replication-method': 'INCREMENTAL', 'forced-replication-method': 'FULL_TABLE' },
    });
    expect(read(catalog).selection).toEqual([{ name: 'issues' }]);
  });

  test('that a stream does not have is told of', () => {
    const { selection, warnings } = read(
      edited({
        issues: { 'replication-method': 'LOG_BASED' },
        stars: { selected: true, 'replication-method': 'INCREMENTAL' },
      }),
    );
    expect(selection).toEqual([{ name: 'issues' }, { name: 'stars' }]);
    expect(warnings).toEqual([
      'issues cannot be read as LOG_BASED; it is read as INCREMENTAL',
      'stars cannot be read as INCREMENTAL; it is read as FULL_TABLE',
    ]);
  });

  test('by another key is told of', () => {
    const { selection, warnings } = read(edited({ issues: { 'replication-key': 'created' } }));
    expect(selection).toEqual([{ name: 'issues' }]);
    expect(warnings).toEqual(['issues cannot be read by the replication key created; its own is used: updated']);
  });
});
