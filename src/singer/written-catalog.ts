import { z } from 'zod';
import { ConfigurationError } from '../runtime/errors.ts';
import type { MetadataEntry } from './selection-rule.ts';

/** What we need of an entry in a catalog that a person or another program has written. */
export interface WrittenEntry {
  readonly name: string;
  readonly metadata: readonly MetadataEntry[];
  readonly replicationMethod: string | undefined;
  readonly replicationKey: string | undefined;
}

const optionalText = z.string().nullish();
const optionalFlag = z.boolean().nullish();

const METADATA = z.object({
  inclusion: z.enum(['available', 'automatic', 'unsupported']).nullish().catch(undefined),
  selected: optionalFlag,
  'selected-by-default': optionalFlag,
  'forced-replication-method': optionalText,
  'replication-method': optionalText,
  'replication-key': optionalText,
});

const ENTRY = z.object({
  tap_stream_id: optionalText,
  stream: optionalText,
  replication_method: optionalText,
  replication_key: optionalText,
  metadata: z.array(z.object({ breadcrumb: z.array(z.string()), metadata: METADATA })).nullish(),
});

const CATALOG = z.object({ streams: z.array(ENTRY) });

/** @throws ConfigurationError `catalog.invalid` with the place in the file */
export function parseCatalogFile(content: unknown, path: string): readonly WrittenEntry[] {
  const result = CATALOG.safeParse(content);
  if (!result.success) throw invalidCatalog(result.error, path);
  return result.data.streams.map((entry) => ({
    name: entry.tap_stream_id ?? entry.stream ?? '',
    metadata: (entry.metadata ?? []).map(({ breadcrumb, metadata }) => ({
      breadcrumb,
      metadata: withoutNulls(metadata),
    })),
    replicationMethod: entry.replication_method ?? undefined,
    replicationKey: entry.replication_key ?? undefined,
  }));
}

/** Some tools write null where they mean nothing. */
function withoutNulls(metadata: z.output<typeof METADATA>): MetadataEntry['metadata'] {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null && value !== undefined));
}

function invalidCatalog(error: z.ZodError, path: string): ConfigurationError {
  const place = error.issues[0]?.path.join('.') || '.';
  return new ConfigurationError({
    code: 'catalog.invalid',
    text: { en: `this is not a Singer catalog (at ${place})`, ja: `Singer のカタログではありません（位置: ${place}）` },
    hint: {
      en: 'Make one with --discover and edit that.',
      ja: '--discover でカタログを作成し、それを編集してください。',
    },
    path,
  });
}
